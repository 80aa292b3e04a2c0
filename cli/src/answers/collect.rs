//! A function with all that it needs of a notebook. Each item and each name is looked at once.

use std::cell::Cell as Counter;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::answer::{Snippet, is_part, refused};
use super::form::{Choice, Code, Collected, Form};
use super::imports::Import;
use super::items::{Item, ItemKind};
use super::namespace::Namespace;

/// The place of an item: the number of its cell among the sources, and its own in there.
pub type Place = (usize, usize);

/// So many definitions are looked at for one function. Of what nobody has written by hand the rest is left out.
const MOST_STEPS: usize = 1_000_000;
/// What a piece takes besides its text.
const PIECE: usize = 60;

/// What a notebook defines, by name.
pub struct Index<'a> {
    /// The chapter's own cells first, then the notebook's, in their order.
    sources: Vec<&'a Code>,
    /// How many are the chapter's.
    given: usize,
    definitions: HashMap<&'a str, Vec<Place>>,
    /// The names that something else than a function bears.
    others: HashSet<&'a str>,
    traits: HashMap<&'a str, BTreeSet<&'a str>>,
    /// By the names in their heads.
    implementations: HashMap<&'a str, Vec<&'a str>>,
    /// By their heads, such as `impl Kept for Angle`.
    heads: BTreeMap<&'a str, Vec<Place>>,
    imports: BTreeMap<&'a str, Vec<(usize, &'a Import)>>,
    macro_calls: Vec<Place>,
}

impl<'a> Index<'a> {
    pub fn new(given: &'a [Code], cells: &'a [Code]) -> Index<'a> {
        let sources: Vec<&Code> = given.iter().chain(cells).collect();
        let (definitions, others, traits, implementations, heads, imports, macro_calls) = Default::default();
        let given = given.len();
        let mut index =
            Index { sources, given, definitions, others, traits, implementations, heads, imports, macro_calls };
        for source in 0..index.sources.len() {
            let code = index.sources[source];
            for (number, item) in code.items.iter().flatten().enumerate() {
                index.add(item, (source, number));
            }
        }
        index
    }

    fn add(&mut self, item: &'a Item, place: Place) {
        match item.kind {
            ItemKind::Function | ItemKind::Other => {
                for name in &item.names {
                    self.definitions.entry(name).or_default().push(place);
                    if item.kind != ItemKind::Function {
                        self.others.insert(name);
                    }
                }
                for method in &item.methods {
                    self.traits.entry(method).or_default().extend(item.names.first().map(String::as_str));
                }
            }
            ItemKind::Implementation => {
                let places = self.heads.entry(&item.head).or_default();
                places.push(place);
                if places.len() == 1 {
                    for name in &item.names {
                        self.implementations.entry(name).or_default().push(&item.head);
                    }
                }
            }
            ItemKind::MacroCall => self.macro_calls.push(place),
            ItemKind::Import => {
                for import in &item.imports {
                    self.imports.entry(&import.name).or_default().push((place.0, import));
                }
            }
        }
    }

    /// The place of an item of the notebook's cell with this index.
    pub fn place(&self, cell: usize, item: usize) -> Place {
        (self.given + cell, item)
    }

    fn item(&self, place: Place) -> &'a Item {
        &self.sources[place.0].items.as_deref().unwrap_or_default()[place.1]
    }

    /// Whether an import makes a function of the notebook's own known by this name: `use mine::mean;`, `use mine::*;`.
    pub fn brings_in(&self, item: &Item, name: &str) -> bool {
        let own = |root: &str| {
            let places = self.definitions.get(root).map_or(&[][..], Vec::as_slice);
            places.iter().filter(|place| place.0 >= self.given)
        };
        let defines = |place: &Place| {
            let text = &self.sources[place.0].text[self.item(*place).place.clone()];
            let head = format!("fn {name}");
            text.match_indices(&head).any(|(at, _)| !text[at + head.len()..].starts_with(is_part))
        };
        item.imports.iter().any(|import| match import.name.as_str() {
            "*" => own(&import.root).any(defines),
            brought => brought == name && import.root != name && own(&import.root).next().is_some(),
        })
    }

    /// The sources that define or import a name.
    fn sources_of(&self, name: &str) -> BTreeSet<usize> {
        let defined = self.definitions.get(name).into_iter().flatten().map(|place| place.0);
        let imported = self.imports.get(name).into_iter().flatten().map(|import| import.0);
        defined.chain(imported).collect()
    }

    /// Whether a name in an item is a variable's, though there is a function of that name: what that function needs is another
    /// exercise's matter.
    fn is_variable(&self, item: &Item, name: &str) -> bool {
        item.variables.contains(name) && !self.traits.contains_key(name) && !self.others.contains(name)
    }

    /// Whether a name between the braces of a text may be a constant or an import. No function can stand there.
    fn may_be_captured(&self, name: &str) -> bool {
        self.others.contains(name) || self.imports.contains_key(name)
    }

    /// The function at this place, with every item that it needs: of its own cell first, then of the notebook, then
    /// of the chapter. In the order of the notebook.
    pub fn collect(&self, function: Place, form: Form) -> Collected {
        let mut collection = Collection::new(self, function.0, form);
        match self.item(function).imports.as_slice() {
            [] => collection.define(function),
            // They are among the cell's own, and stand for their names.
            imports => collection.mentioned.extend(imports.iter().map(|import| (function.0, import.name.as_str()))),
        }
        collection.own_imports();
        collection.macro_calls();
        collection.all_implementations();
        let methods = form.called.iter().filter_map(|name| self.traits.get_key_value(name.as_str()));
        collection.names.extend(methods.map(|(name, _)| (function.0, *name)));
        loop {
            if let Some((asking, name)) = collection.names.pop() {
                if collection.steps.get() < MOST_STEPS {
                    collection.resolve(asking, name);
                }
            } else if let Some(place) = collection.open.pop() {
                let item = self.item(place);
                let captured = item.captured.iter().filter(|name| self.may_be_captured(name));
                let spoken_of = item.mentions.iter().chain(captured);
                let spoken_of = spoken_of.filter(|name| form.generous || !self.is_variable(item, name));
                let asking = collection.scope(place.0);
                collection.names.extend(spoken_of.map(|name| (asking, name.as_str())));
            } else {
                let mentioned: HashSet<&str> = collection.mentioned.iter().map(|(_, name)| *name).collect();
                let lent = form.lent.iter().filter(|name| mentioned.contains(name.as_str()));
                let (lent, refused) = (lent.cloned().collect(), collection.refused());
                let sources = mentioned.iter().map(|name| self.sources_of(name)).filter(|sources| sources.len() > 1);
                let versions = sources.flatten().collect();
                let pieces = collection.pieces();
                let size: usize = pieces.iter().map(|piece| PIECE + piece.text.len()).sum();
                return Collected { cost: size + collection.steps.get(), pieces, lent, refused, versions };
            }
        }
    }
}

/// What has been taken so far.
struct Collection<'a, 'f> {
    index: &'a Index<'a>,
    defining_cell: usize,
    form: Form<'f>,
    taken: BTreeSet<Place>,
    /// Items and names that are still to be looked at.
    open: Vec<Place>,
    /// Each with the scope that it is used in.
    names: Vec<(usize, &'a str)>,
    defined: HashSet<(usize, &'a str, Namespace)>,
    mentioned: HashSet<(usize, &'a str)>,
    imports: Vec<(usize, &'a Import)>,
    /// How many definitions have been looked at.
    steps: Counter<usize>,
}

impl<'a, 'f> Collection<'a, 'f> {
    fn new(index: &'a Index<'a>, defining_cell: usize, form: Form<'f>) -> Collection<'a, 'f> {
        let (taken, open, names, defined, mentioned, imports, steps) = Default::default();
        Collection { index, defining_cell, form, taken, open, names, defined, mentioned, imports, steps }
    }

    /// What the names of a source belong to: the function's cell, or each source by itself.
    fn scope(&self, source: usize) -> usize {
        if self.form.choice == Choice::EachCells { source } else { self.defining_cell }
    }

    /// Takes an item, and the implementations for what it defines.
    fn define(&mut self, place: Place) {
        if !self.taken.insert(place) {
            return;
        }
        self.open.push(place);
        let item = self.index.item(place);
        if item.kind == ItemKind::Implementation {
            return;
        }
        let scope = self.scope(place.0);
        for name in &item.names {
            let defines = |namespace: &&Namespace| self.defined.insert((scope, name, **namespace));
            if item.namespaces.iter().filter(defines).count() == 0 {
                continue;
            }
            for head in self.index.implementations.get(name.as_str()).into_iter().flatten() {
                self.implementations(&self.index.heads[head]).into_iter().for_each(|place| self.define(place));
            }
        }
    }

    /// Of the implementations with one head those that count: one of a trait; of a type's own blocks those of one cell, and of
    /// other cells, that define nothing again.
    fn implementations(&self, places: &[Place]) -> Vec<Place> {
        let Some(first) = self.choose(self.defining_cell, places, |place| place.0) else { return Vec::new() };
        if self.index.item(*first).is_of_trait {
            return vec![*first];
        }
        let (own, others): (Vec<Place>, Vec<Place>) = places.iter().rev().partition(|place| place.0 == first.0);
        let others = others.into_iter().filter(|place| self.form.generous && self.is_in_scope(place.0));
        let (mut taken, mut defined) = (Vec::new(), HashSet::new());
        for place in own.into_iter().chain(others) {
            if self.methods(place).all(|method| !defined.contains(method)) {
                defined.extend(self.methods(place));
                taken.push(place);
            }
        }
        taken
    }

    fn methods(&self, place: Place) -> impl Iterator<Item = &'a str> + use<'a> {
        self.index.item(place).methods.iter().map(String::as_str)
    }

    /// Takes what a name stands for where it is used.
    fn resolve(&mut self, asking: usize, name: &'a str) {
        if !self.mentioned.insert((asking, name)) || self.form.lent.contains(name) {
            return;
        }
        match self.import_of(asking, name) {
            Some(import) => self.import(import),
            None => self.take_definition(asking, name),
        }
        for of_trait in self.index.traits.get(name).into_iter().flatten() {
            self.take_definition(asking, of_trait);
        }
    }

    /// What a name stands for, if an import brought it in later than any definition: then it replaces that, as in the kernel.
    fn import_of(&self, asking: usize, name: &'a str) -> Option<(usize, &'a Import)> {
        let imports = self.index.imports.get(name)?;
        if Namespace::ALL.iter().any(|namespace| self.defined.contains(&(asking, name, *namespace))) {
            return None;
        }
        let definitions = self.index.definitions.get(name).map_or(&[][..], Vec::as_slice);
        // `use mean::mean;` needs the module of that name.
        let imports = imports.iter().filter(|(_, import)| import.root != name || definitions.is_empty());
        let imports = imports.map(|(source, import)| (*source, import.line, Some(*import)));
        let definitions = definitions.iter().map(|place| (place.0, self.index.item(*place).line, None));
        let mut all: Vec<(usize, usize, Option<&Import>)> = definitions.chain(imports).collect();
        all.sort_by_key(|(source, line, _)| (*source, *line));
        let (source, _, import) = self.choose(asking, &all, |(source, ..)| *source)?;
        import.map(|import| (*source, import))
    }

    /// A module, a function and a macro of one name are three.
    fn take_definition(&mut self, asking: usize, name: &'a str) {
        let Some(places) = self.index.definitions.get(name) else { return };
        for namespace in Namespace::ALL {
            if self.defined.contains(&(asking, name, namespace)) {
                continue;
            }
            let is_of = |place: &&Place| self.index.item(**place).namespaces.contains(&namespace);
            let of_it: Vec<Place> = places.iter().filter(is_of).copied().collect();
            if let Some(place) = self.choose(asking, &of_it, |place| place.0).copied() {
                self.define(place);
            }
        }
    }

    /// The imports of the function's own cell, and those that name nothing.
    fn own_imports(&mut self) {
        let index = self.index;
        let mut wanted: Vec<(usize, &Import)> = Vec::new();
        for (name, imports) in &index.imports {
            let mut of_home = imports.iter().filter(|import| import.0 == self.defining_cell);
            match *name {
                "*" | "_" => wanted.extend(imports),
                _ if self.form.generous => wanted.extend(self.choose(self.defining_cell, imports, |import| import.0)),
                _ => wanted.extend(of_home.next_back()),
            }
        }
        wanted.retain(|import| self.is_in_scope(import.0));
        wanted.into_iter().for_each(|import| self.import(import));
    }

    /// What the notebook's own macros may make items of.
    fn macro_calls(&mut self) {
        let makes_items = |place: &&Place| {
            let names = &self.index.item(**place).names;
            names.iter().any(|name| name == "thread_local" || self.index.definitions.contains_key(name.as_str()))
        };
        let calls: Vec<Place> = match self.form.macro_calls {
            true => self.index.macro_calls.iter().filter(makes_items).copied().collect(),
            false => Vec::new(),
        };
        self.taken.extend(&calls);
        self.open.extend(calls);
    }

    /// All `impl` blocks, and the modules that hold some.
    fn all_implementations(&mut self) {
        if !self.form.implementations {
            return;
        }
        let index = self.index;
        for places in index.heads.values() {
            self.implementations(places).into_iter().for_each(|place| self.define(place));
        }
        for (source, code) in index.sources.iter().enumerate() {
            if !self.is_in_scope(source) {
                continue;
            }
            let holds = |item: &&Item| ["mod", "impl"].iter().all(|word| item.mentions.contains(*word));
            let modules = code.items.iter().flatten().filter(|item| item.kind == ItemKind::Other).filter(holds);
            let scope = self.scope(source);
            self.names.extend(modules.flat_map(|item| &item.names).map(|name| (scope, name.as_str())));
        }
    }

    fn import(&mut self, import: (usize, &'a Import)) {
        self.imports.push(import);
        self.names.push((self.scope(import.0), &import.1.root));
    }

    /// The one that counts among several of the same name, which are in the order of the sources, for who uses it.
    fn choose<'p, T>(&self, asking: usize, places: &'p [T], source: impl Fn(&T) -> usize) -> Option<&'p T> {
        self.steps.update(|steps| steps + 1 + places.len());
        let is_given = |place: &&T| source(place) < self.index.given;
        let of_home = places.iter().rfind(|place| source(place) == asking);
        let of_home = of_home.filter(|_| !matches!(self.form.choice, Choice::Replaced(_)));
        let of_chapter = places.iter().rfind(is_given).filter(|_| self.form.as_given);
        let mut in_scope = places.iter().filter(|place| self.is_in_scope(source(place)));
        of_home.or(of_chapter).or_else(|| match self.form.choice {
            Choice::After(last) | Choice::Replaced(last) => {
                let above = places.iter().rfind(|place| source(place) <= last && self.is_in_scope(source(place)));
                // What the notebook defines further below counts before the chapter's own.
                above.filter(|place| !is_given(place)).or_else(|| in_scope.find(|place| !is_given(place))).or(above)
            }
            Choice::EachCells => in_scope.rfind(|place| source(place) < asking),
        })
    }

    fn is_in_scope(&self, source: usize) -> bool {
        match self.form.choice {
            Choice::EachCells => source <= self.defining_cell,
            // What is further below was not there yet.
            Choice::Replaced(last) => source <= last,
            Choice::After(_) => !self.form.alone || source == self.defining_cell || source < self.index.given,
        }
    }

    fn refused(&self) -> Option<(usize, &'static str)> {
        let cell = |source: usize| self.index.sources[source].number;
        let items = self.taken.iter().map(|place| (cell(place.0), &self.index.item(*place).mentions));
        let mut of_items =
            items.filter_map(|(cell, mentions)| Some((cell, mentions.iter().find_map(|word| refused(word))?)));
        let in_text = |text: &str| text.split(|character| !is_part(character)).find_map(refused);
        let mut of_imports =
            self.imports.iter().filter_map(|(source, import)| Some((cell(*source), in_text(&import.text)?)));
        of_items.next().or_else(|| of_imports.next())
    }

    /// The text of all that was taken: imports first, then macros, then the other items. Where each cell is by itself, cell by cell.
    fn pieces(&self) -> Vec<Snippet> {
        let by_cell = self.form.choice == Choice::EachCells;
        let mut pieces: Vec<(usize, Snippet)> = Vec::new();
        let mut brought: HashSet<(usize, &str)> = HashSet::new();
        let mut imports = self.imports.clone();
        let place = |(source, import): &(usize, &Import)| (*source != self.defining_cell, *source, import.line);
        imports.sort_by(|one, other| (place(one), &one.1.text).cmp(&(place(other), &other.1.text)));
        for (source, import) in imports {
            let is_nameless = import.name == "*" || import.name == "_";
            let key = if is_nameless { &import.text } else { &import.name };
            let scope = self.scope(source);
            let is_own = |namespace: &Namespace| self.defined.contains(&(scope, import.name.as_str(), *namespace));
            let defined = Namespace::ALL.iter().any(is_own) || self.form.lent.contains(&import.name);
            if !defined && brought.insert((scope, key)) {
                let cell = self.index.sources[source].number;
                pieces.push((source, Snippet { cell, line: import.line, text: import.text.clone() }));
            }
        }
        // A macro is known below its definition only, and a notebook's cells may have run in another order.
        let text = |place: &Place| &self.index.sources[place.0].text[self.index.item(*place).place.clone()];
        let is_macro = |place: &&Place| text(place).starts_with("macro_rules");
        let (macros, others): (Vec<&Place>, Vec<&Place>) = self.taken.iter().partition(is_macro);
        for place in macros.into_iter().chain(others) {
            let (code, item) = (self.index.sources[place.0], self.index.item(*place));
            let snippet = Snippet { cell: code.number, line: item.line, text: text(place).to_owned() };
            pieces.push((place.0, snippet));
        }
        if by_cell {
            pieces.sort_by_key(|(source, _)| *source);
        }
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }
}
