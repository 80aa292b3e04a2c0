//! The source and the types of its variables.

use std::path::{Path, PathBuf};

use ra_ap_syntax::ast::{self, HasName};
use ra_ap_syntax::{Edition, SyntaxNode};

use super::files::{FileId, file_set};
use super::project::CrateGraph;
use crate::variables;

/// What evcxr says has changed.
#[derive(Default)]
pub struct ChangeWithProcMacros {
    source: Option<String>,
    folder: Option<PathBuf>,
}

impl ChangeWithProcMacros {
    /// The text of the source, which is the only file.
    pub fn change_file(&mut self, _file: FileId, text: Option<String>) {
        self.source = text;
    }

    /// The folders, of which there are none.
    pub fn set_roots(&mut self, _roots: Vec<SourceRoot>) {}

    /// The session's folder.
    pub fn set_crate_graph(&mut self, crates: CrateGraph) {
        self.folder = Some(crates.folder);
    }
}

/// A folder of files.
pub struct SourceRoot;

impl SourceRoot {
    /// A folder of the learner's own.
    pub fn new_local(_files: file_set::FileSet) -> SourceRoot {
        SourceRoot
    }
}

/// The source that was handed over last.
#[derive(Default)]
pub struct RootDatabase {
    source: String,
    folder: PathBuf,
}

impl RootDatabase {
    pub(super) fn apply(&mut self, change: ChangeWithProcMacros) {
        if let Some(source) = change.source {
            self.source = source;
        }
        if let Some(folder) = change.folder {
            self.folder = folder;
        }
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The source's file.
pub struct EditionedFileId;

impl EditionedFileId {
    /// There is only one.
    pub fn new(_database: &RootDatabase, _file: FileId, _edition: Edition) -> EditionedFileId {
        EditionedFileId
    }
}

/// Calls a function.
pub fn attach_db<R>(_database: &RootDatabase, call: impl FnOnce() -> R) -> R {
    call()
}

/// What the source means.
pub struct Semantics<'a, DB> {
    /// The source.
    pub db: &'a DB,
}

impl<'a> Semantics<'a, RootDatabase> {
    /// What a source means.
    pub fn new(db: &'a RootDatabase) -> Semantics<'a, RootDatabase> {
        Semantics { db }
    }

    /// Asks the compiler, and gives a file that says what evcxr wants to know: each new variable with its type.
    pub fn parse(&self, _file: EditionedFileId) -> ast::SourceFile {
        let found = variables::find(&self.db.source, &self.db.folder);
        ast::SourceFile::parse(&variables::as_function(&found), Edition::Edition2024).tree()
    }

    /// Where a piece of code is.
    pub fn scope(&self, _code: &SyntaxNode) -> Option<SemanticsScope> {
        Some(SemanticsScope)
    }

    /// The type of a variable that is in the file without one: it is a closure's, or not known.
    pub fn type_of_pat(&self, pattern: &ast::Pat) -> Option<TypeInfo> {
        let ast::Pat::IdentPat(pattern) = pattern else { return None };
        // The mark that `as_function` sets on a closure.
        pattern.ref_token()?;
        pattern.name().map(|_| TypeInfo)
    }
}

/// A place in the code.
pub struct SemanticsScope;

impl SemanticsScope {
    /// The module that it is in.
    pub fn module(&self) -> Module {
        Module
    }
}

/// A module.
#[derive(Clone, Copy)]
pub struct Module;

/// What is known of a type.
pub struct TypeInfo;

impl TypeInfo {
    /// The type.
    pub fn original(self) -> Type {
        Type
    }
}

/// The type of a variable that has no written one, which only a closure's is.
pub struct Type;

impl Type {
    /// It is.
    pub fn is_closure(&self) -> bool {
        true
    }
}

/// Types as text.
pub trait HirDisplay {
    /// A closure has no text.
    fn display_source_code(&self, database: &RootDatabase, module: Module, opaque: bool) -> Result<String, NoText>;
}

/// Says that a type cannot be written.
pub struct NoText;

impl HirDisplay for Type {
    fn display_source_code(&self, _database: &RootDatabase, _module: Module, _opaque: bool) -> Result<String, NoText> {
        Err(NoText)
    }
}
