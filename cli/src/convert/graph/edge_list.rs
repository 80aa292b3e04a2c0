//! A table of edges: a row has where it begins, where it ends, and its weight.

use anyhow::{Result, bail, ensure};

use super::super::delimited::{Delimiter, for_each_row, shown};
use super::super::{Choices, Conversion, text, value};
use super::Graph;

/// Twice what a full network of 1,000 nodes has.
const MOST_EDGES: usize = 2_000_000;

/// Converts the text of a list, whose edges have a direction or not.
pub fn convert(name: &str, bytes: &[u8], directed: bool, choices: &Choices) -> Result<Conversion> {
    let mut assumed = Vec::new();
    let text = text::decode(bytes, &mut assumed)?;
    let delimiter = match Delimiter::find(name, &text)? {
        // Names between blanks do not look like a row of numbers.
        Delimiter::Comma if !text.contains(',') => Delimiter::Blanks,
        found => found,
    };
    let (mut rows, mut width): (Vec<(usize, String, String, f64)>, _) = (Vec::new(), 0);
    for_each_row(&text, delimiter, |line, fields| {
        let first = width == 0;
        if first {
            width = fields.len();
        }
        ensure!(
            fields.len() == width && (2..=3).contains(&width),
            "row {line}: there are {} values, and an edge has two nodes and a weight (in NetworkX: \
             `write_weighted_edgelist`)",
            fields.len()
        );
        ensure!(
            rows.len() < MOST_EDGES,
            "row {line}: there are more than {MOST_EDGES} edges: save the part that you need"
        );
        let weight = fields.get(2).map_or(Some(1.0), |field| value::parse(field, choices.decimal_comma));
        let is_header = choices.header.unwrap_or(weight.is_none() || matches!(&*fields[0], "source" | "from"));
        match weight {
            _ if first && is_header => {}
            Some(weight) if weight.is_finite() => {
                rows.push((line, fields[0].clone().into_owned(), fields[1].clone().into_owned(), weight));
            }
            _ => bail!(
                "row {line}, column 3: {:?} is not a finite number: mend it, or leave the edge out",
                shown(&fields[2])
            ),
        }
        Ok(true)
    })?;
    ensure!(!rows.is_empty(), "there is no edge in it: a row has two nodes and a weight");
    if width == 2 {
        assumed.push("There are no weights: each edge has 1.".to_owned());
    }
    let mut graph = Graph::default();
    let numbers: Option<Vec<usize>> =
        rows.iter().flat_map(|(_, from, to, _)| [from, to]).map(|name| name.parse().ok()).collect();
    if let Some(numbers) = numbers {
        let first = usize::from(!numbers.contains(&0));
        let last = numbers.iter().copied().max().unwrap_or_default();
        super::count(&[last, last])?;
        assumed.push(format!("The nodes are numbers, counted from {first} to {last}."));
        for number in first..=last {
            graph.node(&number.to_string());
        }
    }
    for (_, from, to, weight) in rows {
        let (from, to) = (graph.node(&from), graph.node(&to));
        graph.add(from, to, weight, directed);
    }
    let edges = if directed { "an edge has a direction" } else { "an edge goes both ways" };
    graph.convert(format!("a list of edges ({edges})"), assumed, choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(text: &str, directed: bool) -> Result<String> {
        convert("a.txt", text.as_bytes(), directed, &Choices::default())
            .map(|conversion| conversion.tables[0].text.clone())
    }

    #[test]
    fn edges_become_a_matrix_whose_rows_receive() {
        assert_eq!(matrix("a b 0.5\nb c 2\n", true).unwrap(), "0,0,0\n0.5,0,0\n0,2,0\n");
        assert_eq!(matrix("a b 0.5\nb c 2\n", false).unwrap(), "0,0.5,0\n0.5,0,2\n0,2,0\n");
        assert_eq!(matrix("from,to,weight\n1,3,0.5\n", true).unwrap(), "0,0,0\n0,0,0\n0.5,0,0\n");
        assert_eq!(matrix("0 1\n", false).unwrap(), "0,1\n1,0\n");
    }

    #[test]
    fn an_edge_that_is_broken_or_there_twice_is_named() {
        for (text, words) in [
            ("a b 0.5\na b 1\n", "two edges from \"a\" to \"b\""),
            ("a b 0.5\nb c\n", "row 2: there are 2 values"),
            ("a b 0.5\nb c x\n", "row 2, column 3: \"x\""),
            ("a b {'weight': 3}\n", "write_weighted_edgelist"),
            ("1 9999999 1\n", "the limit is 32 million"),
            ("1 18446744073709551615 1\n", "the limit is 32 million"),
            ("# nothing\n", "no edge"),
        ] {
            let message = matrix(text, true).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
