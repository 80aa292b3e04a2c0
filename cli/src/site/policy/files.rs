//! The files that a page would have held in itself, each named after what is in it.

use std::collections::BTreeMap;

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::site::publish::Draft;
use crate::support::address;
use crate::support::paths;

/// The folder of these files, beside the pages.
const FOLDER: &str = "cells";
/// The style sheet of all attributes `style`.
pub const STYLES: &str = "cells/styles.css";

/// The files of all pages.
#[derive(Default)]
pub struct Files {
    files: BTreeMap<String, Vec<u8>>,
    /// The class that stands for each value of an attribute `style`, and its rule.
    styles: BTreeMap<String, String>,
}

impl Files {
    /// Keeps a file. Gives its address from a page.
    pub fn add(&mut self, bytes: &[u8], ending: &str) -> String {
        let name = format!("{FOLDER}/{}.{ending}", key(bytes));
        self.files.entry(name.clone()).or_insert_with(|| bytes.to_owned());
        name
    }

    /// Keeps the file that an address holds. Gives its address from a page; nothing for an address of another kind.
    pub fn add_address(&mut self, address: &str) -> Option<String> {
        let (bytes, ending) = address::file(address)?;
        Some(self.add(&bytes, ending))
    }

    /// Keeps a style sheet, and the pictures that it holds. Gives its address from a page.
    pub fn add_style_sheet(&mut self, css: &str) -> String {
        let css = self.without_data(css);
        self.add(css.as_bytes(), "css")
    }

    /// The class that does what this attribute `style` does.
    pub fn class(&mut self, style: &str) -> String {
        let class = format!("neurobook-{}", key(style.as_bytes()));
        if !self.styles.contains_key(&class) {
            let style = self.without_data(style);
            // An attribute is stronger than the rules of a style sheet; three names are stronger than those of ours.
            self.styles.insert(class.clone(), format!(".{class}.{class}.{class}{{{style}}}"));
        }
        class
    }

    /// The style with its `url(data:…)` as files. They and the style sheet are in one folder.
    fn without_data(&mut self, css: &str) -> String {
        let mut pieces = css.split("url(");
        let mut written = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            written.push_str("url(");
            let quote = piece.chars().next().filter(|first| matches!(first, '"' | '\''));
            let (address, behind) = match quote {
                Some(quote) => piece[1..].split_once(quote).unwrap_or((piece, "")),
                None => piece.split_at(piece.find(')').unwrap_or(piece.len())),
            };
            match self.add_address(address) {
                Some(file) => {
                    written.push_str(file.trim_start_matches(FOLDER).trim_start_matches('/'));
                    written.push_str(behind);
                }
                None => written.push_str(piece),
            }
        }
        written
    }

    /// Writes all of them into the site.
    pub fn write(&self, draft: &mut Draft) -> Result<()> {
        for (name, bytes) in &self.files {
            draft.write(name, bytes)?;
        }
        if !self.styles.is_empty() {
            let rules: Vec<&str> = self.styles.values().map(String::as_str).collect();
            draft.write(STYLES, rules.join("\n"))?;
        }
        Ok(())
    }

    /// What a file holds.
    #[cfg(test)]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }
}

/// What stands for these bytes in a name.
pub fn key(bytes: &[u8]) -> String {
    paths::short_hash(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_a_style_sheet_stand_beside_it() {
        let mut files = Files::default();
        let name = files.add_style_sheet(".a{background:url(data:image/png;base64,AAEC)}.b{background:url('x.png')}");
        let css = str::from_utf8(files.get(&name).unwrap()).unwrap().to_owned();
        let picture = files.add(&[0, 1, 2], "png");
        let beside = picture.strip_prefix("cells/").unwrap();
        assert_eq!(css, format!(".a{{background:url({beside})}}.b{{background:url('x.png')}}"));
    }

    #[test]
    fn one_style_is_one_class() {
        let mut files = Files::default();
        let (one, other) = (files.class("color:red"), files.class("color:blue"));
        assert_eq!(files.class("color:red"), one);
        assert_ne!(one, other);
        assert_eq!(files.styles.len(), 2);
    }
}
