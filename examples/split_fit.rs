//! A fit that is too long for a notebook, as a program that many processes share: copy it, and write your own `score`.
//!
//! ```text
//! cargo build --release --example split_fit
//! target/release/examples/split_fit run fit 1/1       # all points, in this one process
//! target/release/examples/split_fit run fit 3/8       # every eighth point from the third on; the same again resumes it
//! target/release/examples/split_fit merge fit         # fit/fit.csv, once all points are there
//! ```
//!
//! A point's number decides its parameters and its seed, and nothing else does: however many processes share the points,
//! and however often they are killed, the merged file has the same bytes. `docs/split-a-fit.md` has the line to type for
//! GNU parallel and for Slurm. `REGIONS` and `DURATION` (ms) in the environment make the fit smaller.

use neurobook::analysis::{correlation, functional_connectivity, upper_triangle};
use neurobook::network::SyntheticConnectome;
use neurobook::prelude::*;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The grid: every value of `a` with every value of `K`.
const A: usize = 25;
const K: usize = 40;

/// The two parameters of a point.
fn parameters(point: usize) -> (f64, f64) {
    let (row, column) = (point / K, point % K);
    ((row as f64 - 12.0) / 100.0, column as f64 / 20.0)
}

/// What the fit needs beside the parameters. Read your own with `Connectome::read` and `data::read_matrix`.
struct Fit {
    connectome: Connectome,
    duration: f64,
    /// The functional connectivity of the subject.
    target: Array1<f64>,
}

impl Fit {
    fn new() -> Outcome<Fit> {
        let setting =
            |name: &str, otherwise: &str| std::env::var(name).unwrap_or_else(|_| otherwise.to_owned()).parse();
        let regions: f64 = setting("REGIONS", "400")?;
        let connectome = SyntheticConnectome { regions: regions as usize, seed: 1, ..Default::default() }.generate()?;
        let mut fit = Fit { connectome, duration: setting("DURATION", "2000")?, target: Array1::zeros(0) };
        // Nobody was measured: a simulation with parameters of the grid and a seed beyond it is in.
        fit.target = fit.connectivity(parameters(A * K / 2 + K / 2), 1_000_000)?;
        Ok(fit)
    }

    fn connectivity(&self, (a, coupling): (f64, f64), seed: u64) -> Outcome<Array1<f64>> {
        let brain = HopfNetwork {
            nodes: vec![Hopf { a, omega: 0.2 }],
            coupling,
            noise: 0.02,
            noise_time: 0.0,
            seed,
            ..HopfNetwork::on(&self.connectome, 20.0)
        };
        // In pieces of 10 ms, of which one sample stays: the whole would not fit in memory.
        let mut run = brain.start()?;
        let samples = (self.duration / 10.0) as usize;
        let mut x = Array2::zeros((brain.weights.nrows(), samples));
        for sample in 0..samples {
            let piece = run.advance(10.0)?.nodes("x")?;
            x.column_mut(sample).assign(&piece.column(piece.ncols() - 1));
        }
        Ok(upper_triangle(&functional_connectivity(&x)))
    }

    /// How well a point fits.
    fn score(&self, point: usize) -> Outcome<f64> {
        let found = self.connectivity(parameters(point), point as u64)?;
        Ok(correlation(&found, &self.target)?)
    }

    /// The first line of each file. Rows below another one are of another fit.
    fn header(&self) -> String {
        format!("point,a,K,score # {A} x {K} points, {} regions, {} ms\n", self.connectome.regions(), self.duration)
    }

    fn row(&self, point: usize) -> Outcome<String> {
        let (a, coupling) = parameters(point);
        Ok(format!("{point},{a},{coupling},{}\n", self.score(point)?))
    }
}

/// Computes the points of a shard that its file does not have yet.
fn run(folder: &Path, shard: usize, shards: usize) -> Outcome<()> {
    let fit = Fit::new()?;
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("shard-{shard}-of-{shards}.csv"));
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
    // Two processes at one shard would write into each other's rows. The lock goes with the process, however that ends.
    file.try_lock()
        .map_err(|_| format!("{} is being written by another process: wait for that one", path.display()))?;

    let mut kept = String::new();
    file.read_to_string(&mut kept)?;
    // A process that was killed may leave a part of a line behind: the whole ones count.
    kept.truncate(kept.rfind('\n').map_or(0, |end| end + 1));
    if kept.is_empty() {
        kept = fit.header();
        file.rewind()?;
        file.write_all(kept.as_bytes())?;
    }
    if !kept.starts_with(&fit.header()) {
        return Err(format!("{} is of another fit: remove it, or take another folder", path.display()).into());
    }
    file.set_len(kept.len() as u64)?;
    file.seek(SeekFrom::End(0))?;

    let points: Vec<usize> = (shard - 1..A * K).step_by(shards).collect();
    let begun = kept.lines().count() - 1;
    let start = Instant::now();
    for (done, point) in points.iter().enumerate().skip(begun) {
        // A row is written at once and whole, and after it the next is begun.
        file.write_all(fit.row(*point)?.as_bytes())?;
        let done = done + 1;
        let left = start.elapsed().as_secs_f64() / (done - begun) as f64 * (points.len() - done) as f64;
        eprintln!("shard {shard} of {shards}: {done} of {} points, about {left:.0} s left", points.len());
    }
    Ok(file.sync_all()?)
}

/// Joins the rows of all shards in a folder, in the order of the points.
fn merge(folder: &Path) -> Outcome<()> {
    let mut rows: BTreeMap<usize, String> = BTreeMap::new();
    let mut header: Option<String> = None;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("shard-")) {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned);
        let Some(first) = lines.next() else { continue };
        if header.get_or_insert_with(|| first.clone()) != &first {
            return Err(format!("{} is of another fit than the other files: remove it", path.display()).into());
        }
        for line in lines {
            let point = line.split(',').next().unwrap_or_default().parse()?;
            // A point may come twice, where a fit went on in another number of shards: always with the same row.
            if rows.insert(point, line.clone()).is_some_and(|earlier| earlier != line) {
                return Err(format!("point {point} has two different rows: one is in {}", path.display()).into());
            }
        }
    }
    if rows.len() < A * K {
        return Err(format!(
            "{} of {} points are missing: run the shards again, and merge then",
            A * K - rows.len(),
            A * K
        )
        .into());
    }
    let merged = header.into_iter().chain(rows.into_values()).collect::<String>();
    // Under its name there is the whole file or none.
    fs::write(folder.join("fit.csv.part"), merged)?;
    Ok(fs::rename(folder.join("fit.csv.part"), folder.join("fit.csv"))?)
}

/// `3/8` as two numbers.
fn shard(text: &str) -> Option<(usize, usize)> {
    let (shard, shards) = text.split_once('/')?;
    let (shard, shards) = (shard.parse().ok()?, shards.parse().ok()?);
    (1 <= shard && shard <= shards).then_some((shard, shards))
}

fn command(arguments: &[&str]) -> Outcome<()> {
    match arguments {
        ["run", folder, part] => {
            let (shard, shards) =
                shard(part).ok_or_else(|| format!("{part} is not a shard: write 3/8 for the third of eight"))?;
            run(Path::new(folder), shard, shards)
        }
        ["merge", folder] => merge(Path::new(folder)),
        _ => Err("write `run FOLDER 3/8` or `merge FOLDER`".into()),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match command(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("split_fit: {error}");
            ExitCode::FAILURE
        }
    }
}
