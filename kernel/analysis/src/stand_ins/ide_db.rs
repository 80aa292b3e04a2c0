//! Names of settings and of kinds of things.

use std::collections::HashMap;

/// A map.
pub type FxHashMap<K, V> = HashMap<K, V>;

/// How a path to an imported name begins.
pub enum PrefixKind {
    /// With its crate.
    ByCrate,
}

/// Whether snippets are understood.
pub struct SnippetCap(());

impl SnippetCap {
    /// They are, or not.
    pub fn new(understood: bool) -> Option<SnippetCap> {
        understood.then_some(SnippetCap(()))
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word that it is")]
pub enum SymbolKind {
    Attribute,
    BuiltinAttr,
    Const,
    ConstParam,
    CrateRoot,
    Derive,
    DeriveHelper,
    Enum,
    Field,
    Function,
    Label,
    Local,
    Macro,
    Method,
    Module,
    ProcMacro,
    SelfParam,
    SelfType,
    Static,
    Struct,
    ToolModule,
    Trait,
    TypeAlias,
    TypeParam,
    Union,
    ValueParam,
    Variant,
}

/// Imports that a completion would add.
pub mod imports {
    /// Where they are added.
    pub mod insert_use {
        use super::super::PrefixKind;

        /// What one `use` holds.
        pub enum ImportGranularity {
            /// One name.
            Item,
        }

        /// How a `use` is written.
        pub struct InsertUseConfig {
            /// How its path begins.
            pub prefix_kind: PrefixKind,
            /// Whether it is with its like.
            pub group: bool,
            /// What it holds.
            pub granularity: ImportGranularity,
            /// Whether always so.
            pub enforce_granularity: bool,
            /// Whether one that takes all stays alone.
            pub skip_glob_imports: bool,
        }
    }
}
