//! `neurobook convert`: a file of another program becomes the course's CSV.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::convert::{self, Choices, Conversion, CourseTable, Edges, Layout, TimeAxis};
use crate::support::{atomic_file, plain_text};

/// Options of `neurobook convert`.
#[derive(Args)]
pub struct Options {
    /// The file: .npy, .npz, .mat, .csv, .tsv, .txt, .graphml, or TVB's connectivity .zip
    file: PathBuf,
    /// The file to write, or a folder for it. Without it, one of the same name in the folder you are in
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write even where a file of that name is
    #[arg(long)]
    force: bool,
    /// The array that is wanted, where the file holds several
    #[arg(long, value_name = "NAME")]
    array: Option<String>,
    /// Keep these columns of a table only, in this order: names, or numbers from 1
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    columns: Vec<String>,
    /// What to write: numbers alone, or time series below the names of their regions
    #[arg(long = "as", value_name = "WHAT")]
    layout: Option<Layout>,
    /// Where time runs, for `--as series`
    #[arg(long, value_name = "AXIS")]
    time: Option<TimeAxis>,
    /// The number to write where there is none
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    missing: Option<f64>,
    /// Whether the first row has names
    #[arg(long, value_name = "YES_OR_NO", value_parser = yes_or_no)]
    header: Option<bool>,
    /// Whether the first column has names, or counts the rows, and is to be left out
    #[arg(long, value_name = "YES_OR_NO", value_parser = yes_or_no)]
    index: Option<bool>,
    /// Read 0,5 as a half, where something else than commas is between the numbers
    #[arg(long)]
    decimal_comma: bool,
    /// Read a table whose rows are the edges of a network: from, to, weight
    #[arg(long, value_name = "KIND")]
    edges: Option<Edges>,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("say yes or no".to_owned()),
    }
}

impl Options {
    fn choices(&self) -> Choices {
        Choices {
            array: self.array.clone(),
            columns: self.columns.clone(),
            layout: self.layout,
            time: self.time,
            missing: self.missing,
            header: self.header,
            index: self.index,
            decimal_comma: self.decimal_comma,
            edges: self.edges,
        }
    }
}

/// Converts, writes, and says what was found and assumed.
pub fn convert(options: &Options) -> Result<ExitCode> {
    if options.missing.is_some_and(|number| !number.is_finite()) {
        bail!("`--missing` takes a finite number, such as 0");
    }
    let shown = options.file.display();
    let conversion = convert::convert(&options.file, &options.choices()).with_context(|| shown.to_string())?;
    let paths: Vec<PathBuf> = conversion.tables.iter().map(|table| place(options, table)).collect();
    write(options, &conversion.tables, &paths)?;
    let report = report(&shown.to_string(), &conversion, &paths);
    // The files are written; a reader that has gone, such as `head`, is no reason to fail.
    let _ = io::stdout().write_all(plain_text::visible(&report).as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// Where a table is written.
fn place(options: &Options, table: &CourseTable) -> PathBuf {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut source = stem(&options.file);
    // "a.tsv.gz" is a table, too.
    for ending in [".csv", ".tsv", ".txt"] {
        source.truncate(source.strip_suffix(ending).map_or(source.len(), str::len));
    }
    let named = |stem: &str| format!("{stem}{}.{}", table.suffix, table.extension);
    let folder = match &options.out {
        Some(out) if out.is_dir() => out.as_path(),
        // Several files share the name.
        Some(out) if !table.suffix.is_empty() => return out.with_file_name(named(&stem(out))),
        Some(out) => return out.clone(),
        None => Path::new(""),
    };
    let path = folder.join(named(&source));
    if is_same(&path, &options.file) { folder.join(named(&format!("{source}_course"))) } else { path }
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Writes all of the tables, or none.
fn write(options: &Options, tables: &[CourseTable], paths: &[PathBuf]) -> Result<()> {
    for (table, path) in tables.iter().zip(paths) {
        if is_same(path, &options.file) {
            bail!("{} is the file that is converted: name another one with `--out`", path.display());
        }
        let other = fs::symlink_metadata(path).is_ok() && fs::read(path).ok().as_deref() != Some(table.text.as_bytes());
        if other && !options.force {
            bail!(
                "{} is there already and holds something else: name another file with `--out`, or add `--force` to replace it",
                path.display()
            );
        }
    }
    for (table, path) in tables.iter().zip(paths) {
        atomic_file::write_if_changed(path, table.text.as_bytes())?;
    }
    Ok(())
}

fn report(file: &str, conversion: &Conversion, paths: &[PathBuf]) -> String {
    let mut text = format!("Found in {file}: {}.\n", conversion.found);
    if !conversion.assumed.is_empty() {
        text.push_str("Assumed:\n");
    }
    for assumption in &conversion.assumed {
        text.push_str(&format!("  {assumption}\n"));
    }
    for (table, path) in conversion.tables.iter().zip(paths) {
        text.push_str(&format!("Written: {}: {}.\n", path.display(), table.words));
    }
    let names =
        paths.iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy().escape_debug().to_string());
    let mut pieces = conversion.load.split("{}");
    let mut load = pieces.next().unwrap_or_default().to_owned();
    for (name, piece) in names.zip(pieces) {
        load.push_str(&name);
        load.push_str(piece);
    }
    text.push_str("In a notebook beside it:\n");
    for line in load.lines() {
        text.push_str(&format!("  {line}\n"));
    }
    text
}
