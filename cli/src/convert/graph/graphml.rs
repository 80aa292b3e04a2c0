//! GraphML, as NetworkX, igraph and Gephi write it: <http://graphml.graphdrawing.org/specification.html>.

use anyhow::{Context, Result, bail, ensure};

use super::super::delimited::shown;
use super::super::members::{Member, choose};
use super::super::{Choices, Conversion, text, value};
use super::Graph;
use super::markup::{Piece, for_each_piece};

/// Whether a file is XML with a graph in it.
pub fn is_graphml(bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]);
    begin.trim_start_matches('\u{feff}').trim_start().starts_with('<') && begin.contains("<graphml")
}

/// Something that edges have a number for.
struct Key {
    id: String,
    name: String,
    default: Option<f64>,
    numeric: bool,
}

struct Edge {
    line: usize,
    from: usize,
    to: usize,
    directed: bool,
    /// The numbers of its keys, by their places.
    values: Vec<Option<f64>>,
}

/// A document while it is read.
#[derive(Default)]
struct Document {
    graph: Graph,
    keys: Vec<Key>,
    edges: Vec<Edge>,
    graphs: usize,
    directed: bool,
    in_edge: bool,
    /// The key whose text comes next, and whether that is its default.
    reading: Option<(usize, bool)>,
}

pub fn convert(bytes: &[u8], choices: &Choices) -> Result<Conversion> {
    let mut assumed = Vec::new();
    let text = text::decode(bytes, &mut assumed)?;
    let mut document = Document::default();
    for_each_piece(&text, |line, piece| document.take(line, &piece).with_context(|| format!("row {line}")))?;
    ensure!(document.graphs == 1, "there are {} graphs in it, and one is needed", document.graphs);
    document.convert(assumed, choices)
}

impl Document {
    fn take(&mut self, line: usize, piece: &Piece) -> Result<()> {
        match piece {
            Piece::Open { name, closed, .. } => {
                self.open(line, name, piece)?;
                if *closed {
                    self.close(name);
                }
            }
            Piece::Close(name) => self.close(name),
            Piece::Text(text) => self.text(text)?,
        }
        Ok(())
    }

    fn open(&mut self, line: usize, name: &str, piece: &Piece) -> Result<()> {
        let need = |attribute: &str| {
            piece
                .attribute(attribute)
                .with_context(|| format!("<{}> has no {attribute}: write the graph again", shown(name)))
        };
        match name {
            "key" if matches!(piece.attribute("for"), Some("edge" | "all")) => {
                let id = need("id")?.to_owned();
                let name = piece.attribute("attr.name").unwrap_or(&id).to_owned();
                let numeric = !matches!(piece.attribute("attr.type"), Some("string" | "boolean"));
                self.keys.push(Key { id, name, default: None, numeric });
            }
            "default" => self.reading = self.keys.len().checked_sub(1).map(|key| (key, true)),
            "graph" => {
                self.graphs += 1;
                self.directed = need("edgedefault")? == "directed";
            }
            "node" => {
                let nodes = self.graph.names.len();
                let id = need("id")?;
                ensure!(self.graph.node(id) == nodes, "the node {:?} is there twice", shown(id));
            }
            "edge" => {
                let (from, to) = (self.graph.node(need("source")?), self.graph.node(need("target")?));
                let directed = match piece.attribute("directed") {
                    Some(words) => words == "true",
                    None => self.directed,
                };
                self.in_edge = true;
                self.edges.push(Edge { line, from, to, directed, values: Vec::new() });
            }
            "data" if self.in_edge => {
                let id = need("key")?;
                self.reading = self.keys.iter().position(|key| key.id == id).map(|key| (key, false));
            }
            "hyperedge" | "port" => {
                bail!("there is a <{name}>, which is not read: a matrix has edges between two nodes only")
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "edge" => self.in_edge = false,
            "data" | "default" => self.reading = None,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) -> Result<()> {
        let Some((key, is_default)) = self.reading.filter(|(key, _)| self.keys[*key].numeric) else {
            return Ok(());
        };
        let name = shown(&self.keys[key].name);
        let number = value::parse(text.trim(), false).filter(|number| number.is_finite());
        let number = number.with_context(|| format!("the {name} {:?} is not a finite number: mend it", shown(text)))?;
        if is_default {
            self.keys[key].default = Some(number);
        } else if let Some(edge) = self.edges.last_mut() {
            edge.values.resize(edge.values.len().max(key + 1), None);
            edge.values[key] = Some(number);
        }
        Ok(())
    }

    /// The matrix of one of the keys.
    fn convert(mut self, mut assumed: Vec<String>, choices: &Choices) -> Result<Conversion> {
        let members: Vec<Member> = self
            .keys
            .iter()
            .map(|key| Member {
                name: shown(&key.name),
                words: "of the edges".to_owned(),
                refused: (!key.numeric).then(|| "it is not a number".to_owned()),
            })
            .collect();
        let numeric = members.iter().any(|member| member.refused.is_none());
        let key = match choices.array.as_deref() {
            None if !numeric => None,
            None => members
                .iter()
                .position(|member| member.name == "weight")
                .map_or_else(|| choose(&members, None), Ok)
                .map(Some)?,
            wanted => Some(choose(&members, wanted)?),
        };
        match key {
            Some(key) => assumed.push(format!("The weights are the {} of the edges.", shown(&self.keys[key].name))),
            None => assumed.push("The edges have no numbers: each weight is 1.".to_owned()),
        }
        for edge in std::mem::take(&mut self.edges) {
            let weight = match key {
                None => 1.0,
                Some(key) => edge.values.get(key).copied().flatten().or(self.keys[key].default).with_context(|| {
                    format!(
                        "row {}: the edge has no {}: give it one, or leave it out",
                        edge.line,
                        shown(&self.keys[key].name)
                    )
                })?,
            };
            self.graph.add(edge.from, edge.to, weight, edge.directed);
        }
        let direction = if self.directed { "directed" } else { "undirected" };
        self.graph.convert(format!("a GraphML network ({direction})"), assumed, choices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(inside: &str) -> String {
        format!(
            "<?xml version='1.0' encoding='utf-8'?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
             <key id=\"d0\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n\
             <key id=\"d1\" for=\"edge\" attr.name=\"note\" attr.type=\"string\"/>\n{inside}</graphml>"
        )
    }

    fn matrix(inside: &str) -> Result<String> {
        convert(document(inside).as_bytes(), &Choices::default()).map(|conversion| conversion.tables[0].text.clone())
    }

    #[test]
    fn nodes_keep_their_order_and_edges_their_direction() {
        let nodes = "<node id=\"a\"/><node id=\"b\"/>";
        let edge = "<edge source=\"a\" target=\"b\"><data key=\"d1\">x</data><data key=\"d0\">0.5</data></edge>";
        let inside = format!("<graph edgedefault=\"directed\">{nodes}{edge}</graph>");
        assert!(is_graphml(document(&inside).as_bytes()));
        assert_eq!(matrix(&inside).unwrap(), "0,0\n0.5,0\n");
        let inside = format!("<graph edgedefault=\"undirected\">{nodes}{edge}</graph>");
        assert_eq!(matrix(&inside).unwrap(), "0,0.5\n0.5,0\n");
    }

    #[test]
    fn an_edge_without_its_weight_is_named_with_its_row() {
        let message =
            matrix("<graph edgedefault=\"directed\">\n<edge source=\"a\" target=\"b\"/></graph>").unwrap_err();
        assert_eq!(message.to_string(), "row 6: the edge has no weight: give it one, or leave it out");
        let message = matrix("<graph edgedefault=\"directed\">\n<edge source=\"a\"/></graph>").unwrap_err();
        assert!(format!("{message:#}").starts_with("row 6: <edge> has no target"), "{message:#}");
        assert!(matrix("").unwrap_err().to_string().contains("0 graphs"));
    }
}
