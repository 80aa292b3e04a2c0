//! Reading the text of a notebook and nothing else: types, ids, texts, pictures among prose, and our own metadata. All else is passed over
//! without a copy, so that what is needed of memory follows from the text, whatever else somebody has put in.

use std::fmt;
use std::marker::PhantomData;

use anyhow::{Result, bail};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use super::read::{cell, check_format, duplicates, ensure_json};
use super::{Cell, Notebook, Object, in_due_form, picture};
use crate::support::plain_text;

/// Nobody writes a notebook of more cells.
const MOST_CELLS: usize = 10_000;
/// Nor puts more pictures into them.
const MOST_PICTURES: usize = 100;
/// A longer name of a picture is cut.
const LONGEST_NAME: usize = 200;

impl Notebook {
    /// Reads the texts in a file, whatever kernel it asks for. `shown` is how messages name it.
    pub fn parse_text(shown: &str, bytes: &[u8]) -> Result<Notebook> {
        Notebook::text_of_json(shown, bytes).or_else(|error| match in_due_form(bytes) {
            Some(mended) => Notebook::text_of_json(shown, &mended),
            None => Err(error),
        })
    }

    fn text_of_json(shown: &str, bytes: &[u8]) -> Result<Notebook> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let Top(found) = match serde_json::from_slice(bytes) {
            Ok(top) => top,
            Err(error) => {
                ensure_json(shown, bytes)?;
                bail!("{shown} is not a notebook that can be read: {error}");
            }
        };
        let mut root = Object::new();
        root.extend(found.nbformat.map(|number| ("nbformat".to_owned(), json!(number))));
        root.insert("metadata".to_owned(), found.metadata.into_value());
        check_format(shown, &root)?;
        let Some(mut cells) = found.cells else { bail!("{shown} has no list of cells: is it a notebook?") };
        cells.iter_mut().for_each(CellKeys::take_pictures_out);
        keep_few_pictures(&mut cells);
        let cells: Vec<Cell> = cells
            .into_iter()
            .enumerate()
            .map(|(index, found)| cell(shown, index + 1, found.into_value()))
            .collect::<Result<_>>()?;
        let warnings = duplicates(shown, &cells);
        Ok(Notebook { cells, warnings, root })
    }
}

/// What a visitor makes of anything that it does not look for.
macro_rules! otherwise {
    ($value:expr; $($visit:ident($($kind:ty)?)),+) => {
        $(fn $visit<E>(self $(, _: $kind)?) -> Result<Self::Value, E> {
            Ok($value)
        })+
    };
}

/// An object of which some keys are read; the last of several of one name counts.
trait Keys: Default {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Such an object, or the empty one in place of anything else.
struct Lenient<T>(Option<T>);

impl<'de, T: Keys> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Keys> Visitor<'de> for Read<T> {
            type Value = Lenient<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut found = T::default();
                while let Some(key) = map.next_key::<String>()? {
                    found.take(&key, &mut map)?;
                }
                Ok(Lenient(Some(found)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Lenient(None))
            }

            otherwise!(Lenient(None); visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64), visit_str(&str), visit_unit());
        }
        deserializer.deserialize_any(Read(PhantomData))
    }
}

/// A text, a list of texts, a number, or anything else.
enum Plain {
    Text(String),
    Texts(Vec<String>),
    Number(u64),
    Other,
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Plain;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
                Ok(Plain::Text(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
                Ok(Plain::Number(number))
            }

            otherwise!(Plain::Other; visit_i64(i64), visit_f64(f64), visit_bool(bool), visit_unit());

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Plain, A::Error> {
                // The lines of a text are kept as one: each by itself takes ten times its length.
                let mut text = Some(String::new());
                while let Some(element) = list.next_element::<Plain>()? {
                    match (element.text(), &mut text) {
                        (Some(line), Some(text)) => text.push_str(&line),
                        _ => text = None,
                    }
                }
                Ok(text.map_or(Plain::Other, |text| Plain::Texts(vec![text])))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Plain, A::Error> {
                IgnoredAny::deserialize(MapAccessDeserializer::new(map)).map(|_| Plain::Other)
            }
        }
        deserializer.deserialize_any(Read)
    }
}

impl Plain {
    fn text(self) -> Option<String> {
        match self {
            Plain::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The notebook.
struct Top(TopKeys);

impl<'de> Deserialize<'de> for Top {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Lenient(found) = Lenient::<TopKeys>::deserialize(deserializer)?;
        found.map(Top).ok_or_else(|| de::Error::custom("it holds no JSON object"))
    }
}

#[derive(Default)]
struct TopKeys {
    cells: Option<Vec<CellKeys>>,
    metadata: Metadata,
    nbformat: Option<u64>,
}

impl Keys for TopKeys {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "cells" => self.cells = map.next_value::<Cells>()?.0,
            "metadata" => self.metadata = map.next_value::<Lenient<Metadata>>()?.0.unwrap_or_default(),
            "nbformat" => {
                self.nbformat = match map.next_value()? {
                    Plain::Number(number) => Some(number),
                    _ => None,
                }
            }
            _ => _ = map.next_value::<IgnoredAny>()?,
        }
        Ok(())
    }
}

/// The list of cells; `None` where there is something else.
struct Cells(Option<Vec<CellKeys>>);

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Cells;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a list of cells")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cells, A::Error> {
                let mut cells = Vec::new();
                while let Some(Lenient(cell)) = list.next_element::<Lenient<CellKeys>>()? {
                    if cells.len() == MOST_CELLS {
                        return Err(de::Error::custom(format_args!("it has more than {MOST_CELLS} cells, the limit")));
                    }
                    cells.push(cell.unwrap_or(CellKeys { is_object: false, ..CellKeys::default() }));
                }
                Ok(Cells(Some(cells)))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

struct CellKeys {
    is_object: bool,
    cell_type: Option<String>,
    id: Option<String>,
    source: Option<String>,
    attachments: Attachments,
    metadata: Metadata,
}

impl Default for CellKeys {
    fn default() -> CellKeys {
        let (cell_type, id, source, attachments, metadata) = Default::default();
        CellKeys { is_object: true, cell_type, id, source, attachments, metadata }
    }
}

impl Keys for CellKeys {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "cell_type" => self.cell_type = map.next_value::<Plain>()?.text(),
            "id" => self.id = map.next_value::<Plain>()?.text(),
            "source" => {
                self.source = match map.next_value()? {
                    Plain::Text(text) => Some(text),
                    Plain::Texts(mut texts) => texts.pop(),
                    _ => None,
                }
            }
            "attachments" => self.attachments = map.next_value::<Lenient<Attachments>>()?.0.unwrap_or_default(),
            "metadata" => self.metadata = map.next_value::<Lenient<Metadata>>()?.0.unwrap_or_default(),
            _ => _ = map.next_value::<IgnoredAny>()?,
        }
        Ok(())
    }
}

impl CellKeys {
    /// A text with megabytes of picture in it is nothing that anybody reads.
    fn take_pictures_out(&mut self) {
        if let Some(source) = self.source.as_mut().filter(|_| self.cell_type.as_deref() != Some("code"))
            && let Some(text) = picture::taken_out(source, &mut self.attachments.0)
        {
            *source = text;
        }
    }

    fn into_value(self) -> Value {
        if !self.is_object {
            return Value::Null;
        }
        let texts = [("cell_type", self.cell_type), ("id", self.id), ("source", self.source)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), Value::String(text?))));
        let mut object: Object = texts.collect();
        if !self.attachments.0.is_empty() {
            object.insert("attachments".to_owned(), Value::Object(self.attachments.0));
        }
        object.insert("metadata".to_owned(), self.metadata.into_value());
        Value::Object(object)
    }
}

/// The pictures in a cell, by name. Of one that is too large the name is kept, so that it counts.
#[derive(Default)]
struct Attachments(Object);

impl Keys for Attachments {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let forms = map.next_value::<Lenient<Forms>>()?.0.unwrap_or_default();
        if !forms.0.is_empty() && self.0.len() < MOST_PICTURES {
            self.0.insert(plain_text::line(&plain_text::cut(key, LONGEST_NAME)), Value::Object(forms.0));
        }
        Ok(())
    }
}

/// A picture in its forms.
#[derive(Default)]
struct Forms(Object);

impl Keys for Forms {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if !picture::is_kept(key) {
            map.next_value::<IgnoredAny>()?;
            return Ok(());
        }
        let text = match map.next_value()? {
            Plain::Text(text) => Some(text),
            Plain::Texts(mut texts) => texts.pop(),
            _ => None,
        };
        let kept = text.map(|text| if text.len() > picture::LARGEST { String::new() } else { text });
        self.0.extend(kept.map(|kept| (key.to_owned(), Value::String(kept))));
        Ok(())
    }
}

/// Of pictures whose data are more than a notebook may hold the names are kept, and of too many the first ones.
fn keep_few_pictures(cells: &mut [CellKeys]) {
    let (mut room, mut most) = (picture::MOST, MOST_PICTURES);
    for attachments in cells.iter_mut().map(|cell| &mut cell.attachments.0) {
        let kept = std::mem::take(attachments).into_iter().take(most);
        attachments.extend(kept);
        most -= attachments.len();
    }
    for form in cells.iter_mut().flat_map(|cell| cell.attachments.0.values_mut()) {
        for (_, data) in form.as_object_mut().into_iter().flatten() {
            match data.as_str().and_then(|data| room.checked_sub(data.len())) {
                Some(left) => room = left,
                None => *data = json!(""),
            }
        }
    }
}

/// Of metadata what this program has put there, and the id that Colab keeps there.
#[derive(Default)]
struct Metadata {
    id: Option<String>,
    neurobook: Own,
}

impl Keys for Metadata {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "id" => self.id = map.next_value::<Plain>()?.text(),
            "neurobook" => self.neurobook = map.next_value::<Lenient<Own>>()?.0.unwrap_or_default(),
            _ => _ = map.next_value::<IgnoredAny>()?,
        }
        Ok(())
    }
}

impl Metadata {
    fn into_value(self) -> Value {
        let mut object: Object = self.id.map(|id| ("id".to_owned(), json!(id))).into_iter().collect();
        object.insert("neurobook".to_owned(), Value::Object(self.neurobook.0));
        Value::Object(object)
    }
}

#[derive(Default)]
struct Own(Object);

impl Keys for Own {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let is_ours = ["exercise", "role", "chapter", "version", "stub"].contains(&key);
        if let (true, Plain::Text(text)) = (is_ours, map.next_value()?) {
            self.0.insert(key.to_owned(), Value::String(text));
        }
        Ok(())
    }
}
