//! Tables of people, as BIDS has them: any columns, among them `participant_id`.

use anyhow::{Result, anyhow};

use super::super::course_table::clean;
use super::super::delimited::{Delimiter, for_each_row};
use super::super::{Conversion, CourseTable, value};
use crate::support::plain_text;

/// The table with tabs between its values and `n/a` for what is missing.
pub fn convert(
    name: &str,
    text: &str,
    delimiter: Delimiter,
    found: String,
    mut assumed: Vec<String>,
) -> Result<Conversion> {
    // The second one has a blank line for each that was left out, so that the reader's rows are those of the file.
    let (mut table, mut check) = (Vec::new(), Vec::new());
    let (mut lines, mut count, mut missing, mut names) = (1, 0, 0, Vec::new());
    for_each_row(text, delimiter, |line, fields| {
        let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
        for field in fields {
            let gap = value::is_missing(field);
            missing += usize::from(gap);
            let field = clean(field);
            // What is left of unseen characters is a gap, too.
            writer.write_field(if gap || field.is_empty() { "n/a" } else { &field })?;
        }
        writer.write_record(None::<&[u8]>)?;
        let row = writer.into_inner()?;
        check.extend(std::iter::repeat_n(b'\n', line.saturating_sub(lines)));
        lines = line.max(lines) + 1;
        check.extend(&row);
        table.extend(row);
        if count == 0 {
            names = fields.iter().map(|field| clean(field)).collect();
        }
        count += 1;
        Ok(true)
    })?;
    let people = neurobook::data::parse_participants(name, &check).map_err(|error| {
        let words = plain_text::line(&error.to_string());
        anyhow!("{}", words.strip_prefix(&format!("{name}, ")).unwrap_or(&words))
    })?;
    let known = ["participant_id", "group", "sex", "age", "education"];
    let others: Vec<&str> = names.iter().map(String::as_str).filter(|name| !known.contains(name)).collect();
    if !others.is_empty() {
        assumed.push(format!("Columns that the course has no field for are in `other`: {}.", others.join(", ")));
    }
    assumed.push("The file says nothing of units: ages and education are taken for years.".to_owned());
    let words = format!("{} participants", people.len());
    let found = format!("{found}: {words}, {} columns, {missing} missing values", names.len());
    let text = String::from_utf8(table)?;
    let table = CourseTable { suffix: "", extension: "tsv", text, words };
    let load = "let people = data::read_participants(\"{}\")?;".to_owned();
    Ok(Conversion { found, assumed, tables: vec![table], load })
}
