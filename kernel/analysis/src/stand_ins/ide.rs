//! Completion and hover: asked of whoever is registered for them.

use std::convert::Infallible;
use std::slice;

pub use ra_ap_syntax::{Edition, TextRange, TextSize};

use super::files::FileId;
use super::hir::{ChangeWithProcMacros, RootDatabase};
use super::ide_db::SnippetCap;
pub use super::ide_db::SymbolKind;
use super::ide_db::imports::insert_use::InsertUseConfig;
pub use crate::assistant::Format as HoverDocFormat;
use crate::assistant::{self, Item, Kind, Request};

/// What evcxr asks.
#[derive(Default)]
pub struct AnalysisHost {
    database: RootDatabase,
}

impl AnalysisHost {
    /// Takes a new source.
    pub fn apply_change(&mut self, change: ChangeWithProcMacros) {
        self.database.apply(change);
    }

    /// The source.
    pub fn raw_database(&self) -> &RootDatabase {
        &self.database
    }

    /// The source as it is now.
    pub fn analysis(&self) -> Analysis<'_> {
        Analysis { database: &self.database }
    }
}

/// A source about which questions are asked.
pub struct Analysis<'a> {
    database: &'a RootDatabase,
}

impl Analysis<'_> {
    /// What may be written at a place.
    pub fn completions(
        &self,
        _config: &CompletionConfig<'_>,
        place: FilePosition,
        _typed: Option<char>,
    ) -> Result<Option<Vec<CompletionItem>>, Infallible> {
        let items = assistant::complete(&self.request(place.offset));
        Ok(items.map(|items| items.into_iter().filter_map(CompletionItem::new).collect()))
    }

    /// What a place in the code means.
    pub fn hover(&self, config: &HoverConfig, place: FileRange) -> Result<Option<RangeInfo<HoverResult>>, Infallible> {
        let text = assistant::explain(&self.request(place.range.start()), config.format);
        Ok(text.map(|markup| RangeInfo { range: place.range, info: HoverResult { markup } }))
    }

    fn request(&self, offset: TextSize) -> Request<'_> {
        Request { folder: self.database.folder(), source: self.database.source(), offset: offset.into() }
    }
}

/// One place in a file.
pub struct FilePosition {
    /// The file.
    pub file_id: FileId,
    /// The place.
    pub offset: TextSize,
}

/// A part of a file.
pub struct FileRange {
    /// The file.
    pub file_id: FileId,
    /// The part.
    pub range: TextRange,
}

/// Something that may be written.
pub struct CompletionItem {
    /// The word by which it is found.
    lookup: String,
    /// What is written, and over what.
    pub text_edit: TextEdit,
    /// What it is.
    pub kind: CompletionItemKind,
    /// How it is shown.
    pub label: CompletionLabel,
}

impl CompletionItem {
    /// Nothing, where the part to write over cannot be.
    fn new(item: Item) -> Option<CompletionItem> {
        let [start, end] = [item.replace.start, item.replace.end].map(|place| u32::try_from(place).ok());
        let (start, end) = (start?, end?);
        let delete = (start <= end).then(|| TextRange::new(start.into(), end.into()))?;
        Some(CompletionItem {
            lookup: item.lookup,
            text_edit: TextEdit([Indel { delete, insert: item.insert }]),
            kind: CompletionItemKind::from(item.kind),
            label: CompletionLabel { primary: item.label },
        })
    }

    /// The word by which it is found.
    pub fn lookup(&self) -> &str {
        &self.lookup
    }
}

/// How something is shown.
pub struct CompletionLabel {
    /// Its name.
    pub primary: String,
}

/// A change of the text.
pub struct TextEdit([Indel; 1]);

impl TextEdit {
    /// Its parts.
    pub fn iter(&self) -> slice::Iter<'_, Indel> {
        self.0.iter()
    }
}

/// Text in the place of other text.
pub struct Indel {
    /// What goes.
    pub delete: TextRange,
    /// What comes.
    pub insert: String,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word that it is")]
pub enum CompletionItemKind {
    Binding,
    BuiltinType,
    Expression,
    InferredType,
    Keyword,
    Snippet,
    SymbolKind(SymbolKind),
    UnresolvedReference,
}

impl From<Kind> for CompletionItemKind {
    fn from(kind: Kind) -> CompletionItemKind {
        match kind {
            Kind::Function => CompletionItemKind::SymbolKind(SymbolKind::Function),
            Kind::Type => CompletionItemKind::SymbolKind(SymbolKind::Struct),
            Kind::Module => CompletionItemKind::SymbolKind(SymbolKind::Module),
            Kind::Value => CompletionItemKind::Binding,
            Kind::Keyword => CompletionItemKind::Keyword,
        }
    }
}

/// How evcxr wants completions; whoever answers decides by itself.
#[expect(missing_docs, reason = "rust-analyzer's settings, of which none is read")]
pub struct CompletionConfig<'a> {
    pub enable_postfix_completions: bool,
    pub snippet_cap: Option<SnippetCap>,
    pub enable_imports_on_the_fly: bool,
    pub enable_self_on_the_fly: bool,
    pub enable_private_editable: bool,
    pub prefer_no_std: bool,
    pub full_function_signatures: bool,
    pub snippets: Vec<()>,
    pub insert_use: InsertUseConfig,
    pub callable: Option<CallableSnippets>,
    pub limit: Option<usize>,
    pub prefer_prelude: bool,
    pub enable_term_search: bool,
    pub term_search_fuel: u64,
    pub prefer_absolute: bool,
    pub add_semicolon_to_unit: bool,
    pub fields_to_resolve: CompletionFieldsToResolve,
    pub exclude_flyimport: Vec<()>,
    pub exclude_traits: &'a [String],
    pub enable_auto_iter: bool,
    pub enable_auto_await: bool,
    pub ra_fixture: RaFixtureConfig,
    pub add_colons_to_module: bool,
}

/// What is written behind a function's name.
pub enum CallableSnippets {
    /// Its arguments.
    FillArguments,
}

/// What of a completion may come later.
pub struct CompletionFieldsToResolve;

impl CompletionFieldsToResolve {
    /// Nothing.
    pub fn empty() -> CompletionFieldsToResolve {
        CompletionFieldsToResolve
    }
}

/// Settings for rust-analyzer's own tests.
#[derive(Default)]
pub struct RaFixtureConfig;

/// How evcxr wants an explanation.
#[expect(missing_docs, reason = "rust-analyzer's settings, of which one is read")]
pub struct HoverConfig {
    pub links_in_hover: bool,
    pub memory_layout: Option<()>,
    pub documentation: bool,
    pub keywords: bool,
    pub format: HoverDocFormat,
    pub max_trait_assoc_items_count: Option<usize>,
    pub max_fields_count: Option<usize>,
    pub max_enum_variants_count: Option<usize>,
    pub max_subst_ty_len: SubstTyLen,
    pub show_drop_glue: bool,
    pub ra_fixture: RaFixtureConfig,
}

/// How long a type may be.
pub enum SubstTyLen {
    /// As long as it is.
    Unlimited,
}

/// An explanation.
pub struct HoverResult {
    /// Its text.
    pub markup: String,
}

/// Something about a part of a file.
pub struct RangeInfo<T> {
    /// The part.
    pub range: TextRange,
    /// What is said about it.
    pub info: T,
}
