//! Writes numbers as the course's tables: what `data::read_matrix` and `data::read_series` read back to the same bits.

use std::fmt::Write as _;

use anyhow::{Result, bail, ensure};

use super::array::Grid;
use super::{Choices, Conversion, CourseTable, Layout, TimeAxis};
use crate::support::plain_text;

/// Numbers that were found in a file.
pub struct Content {
    pub found: String,
    pub assumed: Vec<String>,
    pub grid: Grid,
    /// Names of the columns.
    pub names: Option<Vec<String>>,
    /// Names of the regions of a matrix.
    pub labels: Option<Vec<String>>,
    pub place: Place,
}

/// Where rows and columns are in the file, counted from 1. Where nothing is said they are counted.
#[derive(Debug, Default)]
pub struct Place {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
}

impl Place {
    pub fn words(&self, row: usize, column: usize) -> String {
        let row = self.rows.get(row).copied().unwrap_or(row + 1);
        let column = self.columns.get(column).copied().unwrap_or(column + 1);
        format!("row {row}, column {column}")
    }
}

impl Content {
    /// The course's table of it, as a matrix unless the columns have names or the user says otherwise.
    pub fn convert(mut self, choices: &Choices) -> Result<Conversion> {
        if let Some((row, column)) = self.grid.find(f64::is_infinite) {
            bail!(
                "{}: the value is infinite, and the course's tables hold finite numbers: replace it where the file is made",
                self.place.words(row, column)
            );
        }
        self.fill_gaps(choices);
        let summary = self.summary();
        let layout = choices.layout.unwrap_or(if self.names.is_some() { Layout::Series } else { Layout::Matrix });
        ensure!(
            choices.time.is_none() || layout == Layout::Series,
            "`--time` says where time runs in series: add `--as series`, or leave it out"
        );
        let labels = self.labels.take();
        let (table, load) = match layout {
            Layout::Matrix => self.matrix()?,
            Layout::Series => self.series(choices)?,
        };
        let (mut tables, mut load) = (vec![table], load.to_owned());
        if let Some(labels) = labels {
            tables.push(label_table(&labels));
            load.push_str(LOAD_LABELS);
        }
        let found = format!("{}: {summary}", self.found);
        Ok(Conversion { found, assumed: self.assumed, tables, load })
    }

    /// Puts the user's number where there is none.
    fn fill_gaps(&mut self, choices: &Choices) {
        let Some(fill) = choices.missing else {
            return;
        };
        let mut count = 0;
        for value in self.grid.values.iter_mut().filter(|value| value.is_nan()) {
            *value = fill;
            count += 1;
        }
        let values = if count == 1 { "1 value".to_owned() } else { format!("{count} values") };
        self.assumed.push(format!("Where there was no number ({values}) {fill} is written, as `--missing` says."));
    }

    /// Shape and range, which show a file that was read the wrong way.
    fn summary(&self) -> String {
        let grid = &self.grid;
        let (mut smallest, mut largest, mut gaps) = (f64::INFINITY, f64::NEG_INFINITY, 0);
        for value in &grid.values {
            (smallest, largest) = (smallest.min(*value), largest.max(*value));
            gaps += usize::from(value.is_nan());
        }
        let mut words = format!("{} × {} numbers", grid.rows, grid.columns);
        if smallest <= largest {
            let _ = write!(words, " from {} to {}", number(smallest), number(largest));
        }
        if gaps > 0 {
            let _ = write!(words, ", {}", missing(gaps));
        }
        if grid.rows == grid.columns && grid.rows > 1 {
            // Sums that were taken in another order differ in their last digits.
            let pairs = || (0..grid.rows).flat_map(|row| (0..row).map(move |column| (row, column)));
            let within = |tolerance: f64| {
                pairs().all(|(row, column)| {
                    let (one, other) = (grid.row(row)[column], grid.row(column)[row]);
                    (one - other).abs() <= tolerance * one.abs().max(other.abs()) || one.is_nan() && other.is_nan()
                })
            };
            words.push_str(match (within(0.0), within(1e-12)) {
                (true, _) => ", symmetric",
                (_, true) => ", symmetric but for the last digits",
                _ => ", not symmetric",
            });
        }
        words
    }

    fn matrix(&mut self) -> Result<(CourseTable, &'static str)> {
        if let Some((row, column)) = self.grid.find(f64::is_nan) {
            bail!(
                "{}: there is no number here, and a matrix of the course has one everywhere: `--missing 0` writes a 0 \
                 there, `--as series` keeps gaps as n/a",
                self.place.words(row, column)
            );
        }
        if self.names.take().is_some() {
            self.assumed
                .push("The names of the columns are left out: a matrix has numbers and nothing else.".to_owned());
        }
        self.assumed.push(
            "Rows and columns stay as they are. In a connectome of the course, row n has what region n receives."
                .to_owned(),
        );
        self.assumed.push("The file says nothing of units. The course has lengths in mm.".to_owned());
        let words = format!("{} rows of {} numbers", self.grid.rows, self.grid.columns);
        let text = grid_text(&self.grid, String::new());
        Ok((CourseTable { suffix: "", extension: "csv", text, words }, "let matrix = data::read_matrix(\"{}\")?;"))
    }

    fn series(&mut self, choices: &Choices) -> Result<(CourseTable, &'static str)> {
        let names = match self.names.take() {
            Some(names) => {
                ensure!(
                    choices.time != Some(TimeAxis::Columns),
                    "the first row has names of columns, so a row is a time: leave out `--time columns`"
                );
                self.usable_names(names)
            }
            None => {
                if self.time_axis(choices)? == TimeAxis::Columns {
                    self.grid = self.grid.transposed();
                }
                self.assumed
                    .push("The file has no names of regions: they are called region_1, region_2 and so on.".to_owned());
                (1..=self.grid.columns).map(|number| format!("region_{number}")).collect()
            }
        };
        self.assumed.push(
            "The file says nothing of units, nor of the time between two rows: put your own in place of 2.0, in s."
                .to_owned(),
        );
        let words = format!("{} times of {} regions", self.grid.rows, self.grid.columns);
        let text = grid_text(&self.grid, header(&names)?);
        let load = "let series = data::read_series(\"{}\", 2.0)?;";
        Ok((CourseTable { suffix: "", extension: "csv", text, words }, load))
    }

    /// Where time runs: as the user says, or along the longer side.
    fn time_axis(&mut self, choices: &Choices) -> Result<TimeAxis> {
        if let Some(axis) = choices.time {
            return Ok(axis);
        }
        let (rows, columns) = (self.grid.rows, self.grid.columns);
        ensure!(
            rows != columns,
            "there are {rows} rows and as many columns, so it does not show where time runs: say `--time rows` or `--time \
             columns`"
        );
        let (axis, other) = if rows > columns { (TimeAxis::Rows, "columns") } else { (TimeAxis::Columns, "rows") };
        let (words, most) = if rows > columns { ("rows", rows) } else { ("columns", columns) };
        self.assumed.push(format!(
            "The {most} {words} are times, since there are more of them than of the others; `--time {other}` says otherwise."
        ));
        Ok(axis)
    }

    /// Names that the reader of series takes for names, each once.
    fn usable_names(&mut self, names: Vec<String>) -> Vec<String> {
        let mut changed = Vec::new();
        let mut known = std::collections::HashSet::new();
        let mut usable = Vec::with_capacity(names.len());
        for (column, old) in names.into_iter().enumerate() {
            let mut name = clean(&old);
            if name.is_empty() {
                name = format!("column_{}", column + 1);
            } else if is_row_of_numbers(&name) {
                // The reader takes such a first line for numbers.
                name = format!("region_{name}");
            }
            let first = name.clone();
            let mut count = 1;
            while !known.insert(name.clone()) {
                count += 1;
                name = format!("{first}_{count}");
            }
            if name != old {
                changed.push(format!("{old:?} is called {name}"));
            }
            usable.push(name);
        }
        if let Some(first) = changed.first() {
            let others = if changed.len() > 1 { format!(", and {} more", changed.len() - 1) } else { String::new() };
            self.assumed.push(format!("Names that are blank, numbers or there twice are changed: {first}{others}."));
        }
        usable
    }
}

/// Whether the reader takes a name for numbers with something else than commas between them: it looks for each by itself.
fn is_row_of_numbers(name: &str) -> bool {
    let is_number = |part: &str| part.trim().replace(',', ".").parse::<f64>().is_ok();
    [';', '\t', '|', ' '].into_iter().any(|separator| name.split(separator).all(is_number))
}

/// A name in one line, without what is not seen, such as a byte-order mark, which the reader would refuse.
pub fn clean(name: &str) -> String {
    let seen: String = name.chars().map(|next| if plain_text::is_unseen(next) { ' ' } else { next }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line that loads labels.
pub const LOAD_LABELS: &str = "\nlet labels = data::read_labels(\"{}\")?;";

/// The names of regions, a line for each.
pub fn label_table(labels: &[String]) -> CourseTable {
    let mut text = String::new();
    for (region, label) in labels.iter().enumerate() {
        let label = clean(label);
        text.push_str(&if label.is_empty() { format!("region_{}", region + 1) } else { label });
        text.push('\n');
    }
    let words = format!("the names of {} regions", labels.len());
    CourseTable { suffix: "_labels", extension: "txt", text, words }
}

fn missing(count: usize) -> String {
    if count == 1 { "1 value is missing".to_owned() } else { format!("{count} values are missing") }
}

/// The first line, with quotation marks where a name needs them.
fn header(names: &[String]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names)?;
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The numbers below a first line, `n/a` where there is none.
pub fn grid_text(grid: &Grid, mut text: String) -> String {
    text.reserve(grid.values.len() * 12);
    for row in 0..grid.rows {
        for (column, value) in grid.row(row).iter().enumerate() {
            if column > 0 {
                text.push(',');
            }
            write_number(&mut text, *value);
        }
        text.push('\n');
    }
    text
}

/// The fewest digits that read back as the same number.
fn write_number(text: &mut String, value: f64) {
    let size = value.abs();
    // Writing to a String cannot fail.
    let _ = if value.is_nan() {
        text.push_str("n/a");
        Ok(())
    } else if size != 0.0 && !(1e-5..1e17).contains(&size) {
        write!(text, "{value:e}")
    } else {
        write!(text, "{value}")
    };
}

fn number(value: f64) -> String {
    let mut text = String::new();
    write_number(&mut text, value);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(rows: usize, values: &[f64], names: Option<&[&str]>) -> Content {
        Content {
            found: "a test".to_owned(),
            assumed: Vec::new(),
            grid: Grid { rows, columns: values.len() / rows, values: values.to_vec() },
            names: names.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
            labels: None,
            place: Place::default(),
        }
    }

    #[test]
    fn a_matrix_reads_back_to_the_bit() {
        let values = [0.1, -0.0, 5e-324, f64::MAX, 1.0 / 3.0, -123_456_789.125, 1e-5, 1e17, 9_007_199_254_740_993.0];
        let conversion = content(3, &values, None).convert(&Choices::default()).unwrap();
        let matrix = neurobook::data::parse_matrix("m", conversion.tables[0].text.as_bytes()).unwrap();
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(matrix.as_slice().unwrap()), bits(&values));
    }

    #[test]
    fn series_read_back_with_their_gaps_whatever_their_names_are() {
        let names = ["1", "", "a, b", "x", "x", "7| 8", "n/a", "say \"b\"", " two\nlines "];
        let mut values: Vec<f64> = (0..18).map(f64::from).collect();
        values[1] = f64::NAN;
        values[0] = f64::NAN;
        values[9] = f64::NAN;
        let conversion = content(2, &values, Some(&names)).convert(&Choices::default()).unwrap();
        let series = neurobook::data::parse_series("s", conversion.tables[0].text.as_bytes(), 2.0).unwrap();
        let names = ["region_1", "column_2", "a, b", "x", "x_2", "region_7| 8", "n/a", "say \"b\"", "two lines"];
        assert_eq!(series.names, names);
        assert!(series.states[[0, 0]].is_nan() && series.states[[1, 0]].is_nan() && series.states[[0, 1]].is_nan());
        assert_eq!((series.states[[1, 1]], series.states[[8, 1]]), (10.0, 17.0));
    }

    #[test]
    fn a_gap_or_an_infinity_in_a_matrix_is_refused_with_its_place_and_the_way_out() {
        let message =
            content(2, &[1.0, 2.0, f64::NAN, 4.0], None).convert(&Choices::default()).unwrap_err().to_string();
        assert!(
            message.starts_with("row 2, column 1: there is no number") && message.contains("--missing 0"),
            "{message}"
        );
        let filled = Choices { missing: Some(0.0), ..Choices::default() };
        let conversion = content(2, &[1.0, 2.0, f64::NAN, 4.0], None).convert(&filled).unwrap();
        assert_eq!(conversion.tables[0].text, "1,2\n0,4\n");
        let message = content(1, &[1.0, f64::INFINITY], None).convert(&filled).unwrap_err().to_string();
        assert!(message.starts_with("row 1, column 2: the value is infinite"), "{message}");
    }

    #[test]
    fn time_runs_along_the_longer_side_and_a_square_is_asked_about() {
        let series = Choices { layout: Some(Layout::Series), ..Choices::default() };
        let conversion = content(2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], None).convert(&series).unwrap();
        assert_eq!(conversion.tables[0].text, "region_1,region_2\n1,4\n2,5\n3,6\n");
        let message = content(2, &[1.0; 4], None).convert(&series).unwrap_err().to_string();
        assert!(message.contains("`--time rows`"), "{message}");
        let rows = Choices { time: Some(TimeAxis::Rows), ..series };
        let conversion = content(2, &[1.0, 2.0, 3.0, 4.0], None).convert(&rows).unwrap();
        assert_eq!(conversion.tables[0].text, "region_1,region_2\n1,2\n3,4\n");
    }
}
