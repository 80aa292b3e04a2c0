//! Which row of a table has names, and which column: as the file shows it, or as the user says.

use anyhow::{Result, bail, ensure};

use super::super::delimited::{Delimiter, for_each_row, shown};
use super::super::{Choices, value};

/// How a table is laid out.
pub struct Shape {
    /// The names of the columns, if there are any.
    pub header: Option<Vec<String>>,
    /// The line of the names; 0 without any.
    pub header_line: usize,
    /// How many fields a row has.
    pub width: usize,
    /// The column that names or counts the rows.
    pub index: Option<usize>,
    /// The columns that are kept, counted from 0.
    pub columns: Vec<usize>,
}

impl Shape {
    /// Looks at the first rows.
    pub fn find(text: &str, delimiter: Delimiter, choices: &Choices, assumed: &mut Vec<String>) -> Result<Shape> {
        let mut rows = first_rows(text, delimiter)?;
        ensure!(!rows.is_empty(), "the file holds remarks only, and no number");
        let is_value = |field: &String| value::parse(field, choices.decimal_comma).is_some();
        let names_first = match choices.header {
            Some(header) => header,
            None => has_header(&rows, choices.decimal_comma)?,
        };
        // R leaves out the name of the column that counts the rows.
        let unnamed = names_first
            && rows.get(1).is_some_and(|(_, second)| {
                second.len() == rows[0].1.len() + 1 && (second[0] == "1" || !is_value(&second[0]))
            });
        if unnamed {
            rows[0].1.insert(0, String::new());
        }
        let width = width(&rows);
        let (header_line, first) = rows[0].clone();
        let header = names_first.then(|| first[..width].to_vec());
        let below = if names_first { rows.get(1) } else { rows.first() };
        let names_rows = below.is_some_and(|(_, row)| row.first().is_some_and(|field| is_name(field)));
        let index_name = header.as_ref().and_then(|names| names.first());
        let by_itself = width > 1
            && (names_rows
                || index_name.is_some_and(|name| name.is_empty() || name == "Row" || name.starts_with("Unnamed: 0")));
        let index = choices.index.unwrap_or(by_itself).then_some(0);
        ensure!(index.is_none() || width > 1, "there is one column only, which `--index yes` would leave out");
        if index.is_none() && choices.index.is_none() && counts_rows(&rows, names_first) && width > 1 {
            assumed.push("The first column counts the rows and is kept; `--index yes` leaves it out.".to_owned());
        }
        let columns = columns(header.as_deref(), width, index, choices)?;
        if header.is_some() {
            assumed.push("The first row has the names of the columns; `--header no` says otherwise.".to_owned());
        }
        let header_line = if names_first { header_line } else { 0 };
        Ok(Shape { header, header_line, width, index, columns })
    }

    /// What is said of the column that was left out.
    pub fn index_words(&self, labels: &[String]) -> String {
        let first = labels.first().map(String::as_str).unwrap_or_default();
        format!(
            "The first column names or counts the rows ({:?} and so on) and is left out; `--index no` keeps it.",
            shown(first)
        )
    }
}

/// `1 value` and `2 values`.
pub fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// As many rows as tell the layout.
fn first_rows(text: &str, delimiter: Delimiter) -> Result<Vec<(usize, Vec<String>)>> {
    let mut rows = Vec::new();
    for_each_row(text, delimiter, |line, fields| {
        rows.push((line, fields.iter().map(|field| field.clone().into_owned()).collect()));
        Ok(rows.len() < 3)
    })?;
    Ok(rows)
}

/// A field that is not a number, no gap, and no number with a comma.
fn is_name(field: &str) -> bool {
    value::parse(field, false).is_none() && !value::has_decimal_comma(field)
}

/// Whether the first row has names.
fn has_header(rows: &[(usize, Vec<String>)], decimal_comma: bool) -> Result<bool> {
    let (line, first) = &rows[0];
    let is_number = |field: &String| value::parse(field, decimal_comma).is_some_and(|number| !number.is_nan());
    let names: Vec<usize> = (0..first.len()).filter(|column| is_name(&first[*column])).collect();
    let rest = first.get(1..).unwrap_or_default();
    if names.is_empty() {
        // pandas numbers the columns and leaves the name of the index blank.
        if first[0].is_empty() && !rest.is_empty() && steps(rest, |step| step > 0) {
            return Ok(true);
        }
        let counted =
            first.len() > 2 && rows.len() > 1 && matches!(&*first[0], "0" | "1") && steps(first, |step| step == 1);
        ensure!(
            !counted,
            "row {line}: the first row counts {}, {}, {} …, which may be names that pandas gave or numbers: say `--header \
             yes` or `--header no`",
            first[0],
            first[1],
            first[2]
        );
        return Ok(false);
    }
    let numbers = first.iter().filter(|field| is_number(field)).count();
    if numbers == 0 {
        return Ok(true);
    }
    if names == [0] {
        // A name in the first column of each row names the row; pandas numbers the columns.
        let named_rows = rows.get(1).is_none_or(|(_, second)| second.first().is_some_and(|field| is_name(field)));
        let counted = rest.len() > 1 && rows.len() > 1 && steps(rest, |step| step == 1);
        match (named_rows, counted) {
            (true, true) => bail!(
                "row {line}: behind {:?} the row counts {}, {} …, which may be names or numbers: say `--header yes` or \
                 `--header no`",
                shown(&first[0]),
                rest[0],
                rest[1]
            ),
            (true, false) => return Ok(false),
            (false, true) => return Ok(true),
            (false, false) => {}
        }
    }
    bail!(
        "row {line}, column {}: {:?} is not a number, and other values of the row are: mend it, or say `--header yes` if \
         the row has names",
        names[0] + 1,
        shown(&first[names[0]])
    )
}

/// Whether fields are whole numbers with such steps between them.
fn steps(fields: &[String], wanted: impl Fn(i64) -> bool) -> bool {
    let numbers: Option<Vec<i64>> = fields.iter().map(|field| field.parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[1].checked_sub(pair[0]).is_some_and(&wanted)))
}

/// Whether the first column counts the rows, as far as is seen.
fn counts_rows(rows: &[(usize, Vec<String>)], names_first: bool) -> bool {
    let column: Vec<String> =
        rows.iter().skip(usize::from(names_first)).filter_map(|(_, row)| row.first().cloned()).collect();
    column.len() > 1 && matches!(&*column[0], "0" | "1") && steps(&column, |step| step == 1)
}

/// How many columns there are. Excel adds blank ones at the end.
fn width(rows: &[(usize, Vec<String>)]) -> usize {
    let widest = rows.iter().map(|(_, row)| row.len()).max().unwrap_or_default();
    let used = |column: usize| rows.iter().any(|(_, row)| row.get(column).is_some_and(|field| !field.is_empty()));
    let first = rows[0].1.len();
    let filled = (0..widest).rev().find(|column| used(*column)).map_or(1, |column| column + 1);
    filled.min(first).max(1)
}

/// The columns that the user names, or all but the index.
fn columns(header: Option<&[String]>, width: usize, index: Option<usize>, choices: &Choices) -> Result<Vec<usize>> {
    if choices.columns.is_empty() {
        return Ok((0..width).filter(|column| Some(*column) != index).collect());
    }
    let find = |wanted: &String| -> Result<usize> {
        if let Some(column) = header.and_then(|names| names.iter().position(|name| name == wanted.trim())) {
            return Ok(column);
        }
        match wanted.trim().parse::<usize>() {
            Ok(number) if (1..=width).contains(&number) => Ok(number - 1),
            _ => {
                let names = header.unwrap_or_default().iter().take(30).map(|name| shown(name)).collect::<Vec<_>>();
                let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
                bail!("there is no column {:?} among the {width} of the table{names}", shown(wanted))
            }
        }
    };
    choices.columns.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str, choices: &Choices) -> Result<Shape> {
        let delimiter = Delimiter::find("a.csv", text)?;
        Shape::find(text, delimiter, choices, &mut Vec::new())
    }

    #[test]
    fn names_and_indices_are_told_from_numbers() {
        for (text, header, index, columns) in [
            ("1.5,2\n3,4\n", false, false, 2),
            ("left,right\n3,4\n", true, false, 2),
            (",left,right\n0,3,4\n", true, true, 2),
            (",0,1\n0,3,4\n1,3,4\n", true, true, 2),
            ("left,0.5,1\nright,1,0.5\n", false, true, 2),
            ("region,a,b\na,1,2\n", true, true, 2),
            ("Row,a,b\nx,1,2\n", true, true, 2),
            ("\"V1\" \"V2\"\n\"1\" 1 2\n", true, true, 2),
            ("a;b;;\n1;2;;\n", true, false, 2),
            ("n/a,n/a\n1,2\n", false, false, 2),
            ("a\n1\n", true, false, 1),
        ] {
            let shape = shape(text, &Choices::default()).unwrap();
            let found = (shape.header.is_some(), shape.index.is_some(), shape.columns.len());
            assert_eq!(found, (header, index, columns), "{text}");
        }
    }

    #[test]
    fn what_a_file_does_not_show_is_asked() {
        let refused = |text: &str| shape(text, &Choices::default()).err().unwrap().to_string();
        assert!(refused("0,1,2\n5,6,7\n").contains("`--header yes` or `--header no`"));
        assert!(refused("1,x,2\n5,6,7\n").starts_with("row 1, column 2: \"x\" is not a number"));
        let header = Choices { header: Some(true), ..Choices::default() };
        assert!(shape("0,1,2\n5,6,7\n", &header).unwrap().header.is_some());
    }

    #[test]
    fn columns_are_found_by_name_or_by_number() {
        let choose = |columns: &[&str]| Choices {
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            ..Choices::default()
        };
        assert_eq!(shape("a,b,c\n1,2,3\n", &choose(&["c", "1"])).unwrap().columns, [2, 0]);
        let message = shape("a,b,c\n1,2,3\n", &choose(&["d"])).err().unwrap().to_string();
        assert_eq!(message, "there is no column \"d\" among the 3 of the table: a, b, c");
        assert!(shape("1.5,2\n1,2\n", &choose(&["0"])).is_err());
    }
}
