//! Tables of numbers: read with care, because a file from elsewhere is hardly ever what it should be. And the
//! course's own, from the folder `data/`.

mod labels;
mod matrix;
mod participants;
mod recipes;
mod series;
mod table;

use crate::network::Connectome;
use crate::{Error, Result, Trajectory};
use ndarray::Array2;
use std::path::{Path, PathBuf};

pub use labels::{parse_labels, read_labels};
pub use matrix::{matrix_to_csv, parse_matrix, read_matrix, write_matrix};
pub use participants::{Age, Participant, parse_participants, read_participants};
pub use recipes::{
    generated_files, model_a, model_b, model_c, model_d, small_connectome, small_positions, virtual_recording,
    virtual_subject,
};
pub use series::{parse_series, read_series};

/// What is in a file, or why it could not be read.
fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        Error::new(format!(
            "{} could not be read ({error}): check the path, which is seen from {}",
            path.display(),
            std::env::current_dir()
                .map_or_else(|_| "the working folder".to_owned(), |folder| folder.display().to_string())
        ))
    })
}

/// The text of a file of `data/`, by its name; the crate has them in it.
macro_rules! own {
    ($($name:literal),* $(,)?) => {
        fn own(name: &str) -> Option<&'static [u8]> {
            match name {
                $($name => Some(include_bytes!(concat!("../data/", $name))),)*
                _ => None,
            }
        }
    };
}

own!(
    "connectome_weights.csv",
    "connectome_lengths.csv",
    "participants.tsv",
    "bold_sub-01.csv",
    "bold_sub-02.csv",
    "bold_sub-03.csv",
    "bold_sub-25.csv",
    "bold_sub-26.csv",
    "bold_sub-27.csv",
    "model_a.csv",
    "model_b.csv",
    "model_c.csv",
);

/// The participants of whom there are BOLD-like series.
pub const WITH_SERIES: [&str; 6] = ["sub-01", "sub-02", "sub-03", "sub-25", "sub-26", "sub-27"];

/// The time between two samples of the BOLD-like series, in s.
pub const REPETITION_TIME: f64 = 2.0;

/// The path of a file of the course's folder `data/`, which is looked for in the working folder and in
/// those around it: a notebook may be anywhere in the course.
///
/// ```
/// let path = neurobook::data::file("connectome_weights.csv")?;
/// assert_eq!(neurobook::data::read_matrix(path)?.dim(), (80, 80));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When there is no such file.
pub fn file(name: &str) -> Result<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().map(|folder| folder.join("data").join(name)).find(|path| path.is_file());
    found.ok_or_else(|| {
        Error::new(format!(
            "there is no data/{name} in {} or in a folder around it: compare the name with the files in data/, and \
             keep the notebook inside the course's folder",
            here.display()
        ))
    })
}

/// The course's own connectome of 80 regions, from the folder `data/`: made up, with the statistics of a
/// measured one. `data/README.md` says how.
///
/// ```
/// let connectome = neurobook::data::connectome();
/// assert_eq!(connectome.regions(), 80);
/// ```
pub fn connectome() -> Connectome {
    let read = |name: &str| own_matrix(&format!("connectome_{name}.csv"));
    built_in(Connectome::new(read("weights"), read("lengths")))
}

/// The course's own participants, from the folder `data/`: made up, with the gaps and slips of a real table.
///
/// ```
/// let participants = neurobook::data::participants();
/// assert_eq!(participants.len(), 48);
/// assert!(participants.iter().any(|participant| participant.sex.is_none()));
/// ```
pub fn participants() -> Vec<Participant> {
    built_in(parse_participants("data/participants.tsv", own("participants.tsv").unwrap_or_default()))
}

/// The BOLD-like series of a participant, from the folder `data/`: 80 regions (rows) at 200 times, 2 s apart.
///
/// ```
/// let bold = neurobook::data::bold("sub-01")?;
/// assert_eq!(bold.states.dim(), (80, 200));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When there are no series of this participant; the message lists those of whom there are.
pub fn bold(participant: &str) -> Result<Trajectory> {
    let name = format!("bold_{participant}.csv");
    let Some(text) = own(&name) else {
        let known = WITH_SERIES.join(", ");
        return Err(Error::new(format!("there are no series of {participant:?}: there are some of {known}")));
    };
    parse_series(&format!("data/{name}"), text, REPETITION_TIME)
}

/// A series of the recovery exercises, from the folder `data/`: `"a"`, `"b"` or `"c"`; a row per node (its `x`), a
/// column every 0.1 ms, the initial state first. [`model_a`], [`model_b`] and [`model_c`] made them.
///
/// # Errors
/// When there is no such model.
pub fn model_series(model: &str) -> Result<Array2<f64>> {
    let name = format!("model_{}.csv", model.to_lowercase());
    match own(&name) {
        Some(_) => Ok(own_matrix(&name)),
        None => Err(Error::new(format!("there is no model {model:?}: there are \"a\", \"b\" and \"c\""))),
    }
}

fn own_matrix(name: &str) -> Array2<f64> {
    built_in(parse_matrix(&format!("data/{name}"), own(name).unwrap_or_default()))
}

/// What the crate was built with is read by a test.
fn built_in<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("the data that the crate was built with is broken: {error}"))
}
