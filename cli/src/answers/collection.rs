//! A function with all that it needs of a notebook. Each item and each name is looked at once.

use std::cell::Cell as Counter;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::answer::{Snippet, is_part, refused};
use super::form::{Collected, Form, State};
use super::imports::Import;
use super::index::{Index, Place};
use super::items::{Item, ItemKind};
use super::namespace::Namespace;

/// So many definitions are looked at for one function. Of what nobody has written by hand the rest is left out.
const MOST_STEPS: usize = 1_000_000;
/// What a piece takes besides its text.
const PIECE: usize = 60;

/// The function at this place, with every item that it needs: of its own cell first, then of the notebook, then
/// of the chapter. In the order of the notebook.
pub fn collect<'a>(index: &'a Index<'a>, function: Place, form: Form) -> Collected {
    let mut collection = Collection::new(index, function, form);
    match index.item(function).imports.as_slice() {
        [] => collection.define(function),
        // They are among the cell's own, and stand for their names.
        imports => collection.mentioned.extend(imports.iter().map(|import| import.name.as_str())),
    }
    collection.own_imports();
    if form.everything {
        collection.macro_calls();
        collection.all_implementations();
    }
    let methods = form.called.iter().filter_map(|name| index.traits.get_key_value(name.as_str()));
    collection.names.extend(methods.map(|(name, _)| *name));
    collection.complete()
}

/// What these names stand for when the notebook had run as far as this source, with all that they need: whatever the kernel
/// compiles of them then.
pub fn collect_state<'a>(index: &'a Index<'a>, source: usize, names: impl Iterator<Item = &'a str>) -> Collected {
    let none = BTreeSet::new();
    let form = Form {
        state: State::Through(source),
        everything: false,
        as_given: false,
        lent: &none,
        called: &none,
        chosen: None,
    };
    let mut collection = Collection::new(index, (source, 0), form);
    collection.own_imports();
    collection.names.extend(names);
    collection.complete()
}

/// What has been taken so far.
struct Collection<'a, 'f> {
    index: &'a Index<'a>,
    function: Place,
    form: Form<'f>,
    taken: BTreeSet<Place>,
    /// Items and names that are still to be looked at.
    open: Vec<Place>,
    names: Vec<&'a str>,
    defined: HashSet<(&'a str, Namespace)>,
    mentioned: HashSet<&'a str>,
    imports: Vec<(usize, &'a Import)>,
    /// The heads whose `impl` blocks have been looked at.
    heads: BTreeSet<&'a str>,
    /// How many definitions have been looked at.
    steps: Counter<usize>,
}

impl<'a, 'f> Collection<'a, 'f> {
    fn new(index: &'a Index<'a>, function: Place, form: Form<'f>) -> Collection<'a, 'f> {
        let (taken, open, names, defined, mentioned, imports, heads, steps) = Default::default();
        Collection { index, function, form, taken, open, names, defined, mentioned, imports, heads, steps }
    }

    /// Takes whatever the open names and items need.
    fn complete(mut self) -> Collected {
        loop {
            if let Some(name) = self.names.pop() {
                if self.steps.get() < MOST_STEPS {
                    self.resolve(name);
                }
            } else if let Some(place) = self.open.pop() {
                self.look_into(place);
            } else {
                return self.finish();
            }
        }
    }

    fn finish(self) -> Collected {
        let lent = self.form.lent.iter().filter(|name| self.mentioned.contains(name.as_str())).cloned().collect();
        let of_names = self.mentioned.iter().filter_map(|name| self.index.changes.get(name));
        let of_heads = self.heads.iter().map(|head| &self.index.implementation_changes[head]);
        let is_below = |source: &usize| *source > self.function.0;
        let mut changes = BTreeSet::new();
        for sources in of_names.chain(of_heads) {
            if sources.len() > 1 || sources.iter().any(is_below) {
                changes.extend(sources);
            }
        }
        let (refused, pieces) = (self.refused(), self.pieces());
        let size: usize = pieces.iter().map(|piece| PIECE + piece.text.len()).sum();
        Collected { cost: size + self.steps.get(), pieces, lent, refused, changes }
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
        for name in &item.names {
            let defines = |namespace: &&Namespace| self.defined.insert((name, **namespace));
            if item.namespaces.iter().filter(defines).count() == 0 {
                continue;
            }
            for head in self.index.implementations.get(name.as_str()).into_iter().flatten() {
                self.implement(head);
            }
        }
    }

    /// Takes of the `impl` blocks with one head those that count: one of a trait; of a type's own blocks all that define nothing
    /// again.
    fn implement(&mut self, head: &'a str) {
        if !self.heads.insert(head) {
            return;
        }
        let of_trait = |place: Place| self.index.item(place).is_of_trait;
        let mut defined = HashSet::new();
        for place in self.in_order(head) {
            let methods = || self.index.item(place).methods.iter();
            if methods().all(|method| !defined.contains(method)) {
                defined.extend(methods());
                self.define(place);
                if of_trait(place) {
                    break;
                }
            }
        }
    }

    /// The `impl` blocks with one head as far as the notebook had them, from the one that counts most.
    fn in_order(&self, head: &str) -> Vec<Place> {
        let (mut known, all) = (HashMap::new(), self.index.heads[head].iter().rev().copied());
        let mut places: Vec<Place> = all.filter(|place| self.is_in_scope(place.0)).collect();
        let is_chosen = |place: &Place| self.is_chosen(head, place.0);
        places.retain(|place| self.form.everything || is_chosen(place) || self.is_current(*place, &mut known));
        self.steps.update(|steps| steps + places.len());
        let is_given = |place: Place| self.index.is_given(place.0);
        match self.form.state {
            // Without an item to belong to, the first one stays, and the compiler refuses the others.
            State::Through(_) => {
                places.reverse();
                places.sort_by_key(|place| is_given(*place) != self.form.as_given);
            }
            State::ThenOwn(last) => {
                // What is further below was not there yet, unless there is nothing else.
                const BELOW: usize = 3;
                let rank = |place: Place| match place.0 {
                    source if source == self.function.0 => (0, 0),
                    _ if is_given(place) => (if self.form.as_given { 1 } else { BELOW + 1 }, 0),
                    source if source <= last => (2, 0),
                    source => (BELOW, source),
                };
                places.sort_by_key(|place| rank(*place));
                let has_above = places.first().is_some_and(|place| rank(*place).0 < BELOW);
                places
                    .retain(|place| self.form.everything || is_chosen(place) || !has_above || rank(*place).0 != BELOW);
            }
            State::Alone => {}
        }
        places.sort_by_key(|place| !is_chosen(place));
        places
    }

    /// Whether the item that an `impl` belongs to has not been replaced. `known` has the items that count, by name.
    fn is_current(&self, implementation: Place, known: &mut HashMap<&'a str, Option<Place>>) -> bool {
        let Some(owner) = self.index.owner(implementation).filter(|owner| *owner != self.function) else { return true };
        let item = self.index.item(owner);
        let (Some(name), Some(namespace)) = (item.names.first(), item.namespaces.first()) else { return true };
        let counts = known.entry(name).or_insert_with(|| self.definition(name, *namespace));
        *counts == Some(owner)
    }

    fn look_into(&mut self, place: Place) {
        let item = self.index.item(place);
        let captured = item.captured.iter().filter(|name| self.index.may_be_captured(name));
        let spoken_of = item.mentions.iter().chain(captured);
        let spoken_of = spoken_of.filter(|name| self.form.everything || !self.index.is_variable(item, name));
        self.names.extend(spoken_of.map(String::as_str));
    }

    /// Takes what a name stands for where it is used.
    fn resolve(&mut self, name: &'a str) {
        if !self.mentioned.insert(name) || self.form.lent.contains(name) {
            return;
        }
        match self.import_of(name) {
            Some(import) => self.import(import),
            None => self.take_definition(name),
        }
        for of_trait in self.index.traits.get(name).into_iter().flatten() {
            self.take_definition(of_trait);
        }
    }

    /// What a name stands for, if an import brought it in later than any definition: then it replaces that, as in the kernel.
    fn import_of(&self, name: &'a str) -> Option<(usize, &'a Import)> {
        let imports = self.index.imports.get(name)?;
        if Namespace::ALL.iter().any(|namespace| self.defined.contains(&(name, *namespace))) {
            return None;
        }
        let definitions = self.index.definitions.get(name).map_or(&[][..], Vec::as_slice);
        // `use mean::mean;` needs the module of that name.
        let imports = imports.iter().filter(|(_, import)| import.root != name || definitions.is_empty());
        let imports = imports.map(|(source, import)| (*source, import.line, Some(*import)));
        let definitions = definitions.iter().map(|place| (place.0, self.index.item(*place).line, None));
        let mut all: Vec<(usize, usize, Option<&Import>)> = definitions.chain(imports).collect();
        all.sort_by_key(|(source, line, _)| (*source, *line));
        let (source, _, import) = self.choose(name, &all, |(source, ..)| *source)?;
        import.map(|import| (*source, import))
    }

    /// A module, a function and a macro of one name are three.
    fn take_definition(&mut self, name: &'a str) {
        for namespace in Namespace::ALL {
            if !self.defined.contains(&(name, namespace))
                && let Some(place) = self.definition(name, namespace)
            {
                self.define(place);
            }
        }
    }

    fn definition(&self, name: &str, namespace: Namespace) -> Option<Place> {
        let is_of = |place: &&Place| self.index.item(**place).namespaces.contains(&namespace);
        let of_it: Vec<Place> = self.index.definitions.get(name)?.iter().filter(is_of).copied().collect();
        self.choose(name, &of_it, |place| place.0).copied()
    }

    /// The imports of the function's own cell, as far as nothing has replaced them, and those that name nothing.
    fn own_imports(&mut self) {
        let index = self.index;
        let mut wanted: Vec<(usize, &Import)> = Vec::new();
        for (name, imports) in &index.imports {
            let is_wanted = || self.form.everything || imports.iter().any(|import| import.0 == self.function.0);
            match *name {
                "*" | "_" => wanted.extend(imports),
                _ if is_wanted() => wanted.extend(self.choose(name, imports, |import| import.0)),
                _ => {}
            }
        }
        wanted.retain(|import| self.is_in_scope(import.0));
        wanted.into_iter().for_each(|import| self.import(import));
    }

    /// What the notebook's own macros may make items of.
    fn macro_calls(&mut self) {
        let makes_items = |place: &&Place| {
            let names = &self.index.item(**place).names;
            let is_own = |name: &String| self.index.definitions.contains_key(name.as_str());
            self.is_in_scope(place.0) && names.iter().any(|name| name == "thread_local" || is_own(name))
        };
        let calls: Vec<Place> = self.index.macro_calls.iter().filter(makes_items).copied().collect();
        self.taken.extend(&calls);
        self.open.extend(calls);
    }

    /// All `impl` blocks, and the modules that hold some.
    fn all_implementations(&mut self) {
        let index = self.index;
        for head in index.heads.keys() {
            self.implement(head);
        }
        for (source, code) in index.sources.iter().enumerate() {
            if !self.is_in_scope(source) {
                continue;
            }
            let holds = |item: &&Item| ["mod", "impl"].iter().all(|word| item.mentions.contains(*word));
            let modules = code.items.iter().flatten().filter(|item| item.kind == ItemKind::Other).filter(holds);
            self.names.extend(modules.flat_map(|item| &item.names).map(String::as_str));
        }
    }

    fn import(&mut self, import: (usize, &'a Import)) {
        self.imports.push(import);
        self.names.push(&import.1.root);
    }

    fn is_chosen(&self, name: &str, source: usize) -> bool {
        self.form.chosen.and_then(|chosen| chosen.get(name)) == Some(&source)
    }

    /// The one that counts among several of the same name, which are in the order of the sources, for who uses it.
    fn choose<'p, T>(&self, name: &str, places: &'p [T], source: impl Fn(&T) -> usize) -> Option<&'p T> {
        self.steps.update(|steps| steps + 1 + places.len());
        if let Some(chosen) = places.iter().rfind(|place| self.is_chosen(name, source(place))) {
            return Some(chosen);
        }
        let is_given = |place: &&T| self.index.is_given(source(place));
        let of_chapter = places.iter().rfind(is_given);
        let of_home = places.iter().rfind(|place| source(place) == self.function.0);
        let up_to = |last: usize| {
            let above = places.iter().rfind(|place| source(place) <= last);
            above.filter(|place| !is_given(place))
        };
        let as_given = of_chapter.filter(|_| self.form.as_given);
        match self.form.state {
            State::Through(last) => as_given.or_else(|| up_to(last)).or(of_chapter),
            State::ThenOwn(last) => {
                // What the notebook defines further below counts before the chapter's own.
                let below = || places.iter().find(|place| source(place) > last && !is_given(place));
                of_home.or(as_given).or_else(|| up_to(last)).or_else(below).or(of_chapter)
            }
            State::Alone => of_home.or(of_chapter),
        }
    }

    fn is_in_scope(&self, source: usize) -> bool {
        match self.form.state {
            State::Through(last) => source <= last,
            State::ThenOwn(_) => true,
            State::Alone => source == self.function.0 || self.index.is_given(source),
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

    /// The text of all that was taken: imports first, then macros, then the other items.
    fn pieces(&self) -> Vec<Snippet> {
        let mut pieces = Vec::new();
        let mut brought: HashSet<&str> = HashSet::new();
        let mut imports = self.imports.clone();
        let place = |(source, import): &(usize, &Import)| (*source != self.function.0, *source, import.line);
        imports.sort_by(|one, other| (place(one), &one.1.text).cmp(&(place(other), &other.1.text)));
        for (source, import) in imports {
            let is_nameless = import.name == "*" || import.name == "_";
            let key = if is_nameless { &import.text } else { &import.name };
            let is_own = |namespace: &Namespace| self.defined.contains(&(import.name.as_str(), *namespace));
            let defined = Namespace::ALL.iter().any(is_own) || self.form.lent.contains(&import.name);
            if !defined && brought.insert(key) {
                let cell = self.index.sources[source].number;
                pieces.push(Snippet { cell, line: import.line, text: import.text.clone() });
            }
        }
        // A macro is known below its definition only, and a notebook's cells may have run in another order.
        let is_macro = |place: &&Place| self.index.item(**place).is_macro(&self.index.sources[place.0].text);
        let (macros, others): (Vec<&Place>, Vec<&Place>) = self.taken.iter().partition(is_macro);
        for place in macros.into_iter().chain(others) {
            let (code, item) = (self.index.sources[place.0], self.index.item(*place));
            pieces.push(Snippet { cell: code.number, line: item.line, text: self.index.text(*place).to_owned() });
        }
        pieces
    }
}
