//! evcxr's function around the statements of a cell, and the variables that these make.

use ra_ap_syntax::ast::{self, AstNode, HasModuleItem, HasName};
use ra_ap_syntax::{Edition, SyntaxKind, TextRange};

/// The name of the function.
pub const NAME: &str = "evcxr_analysis_wrapper";
/// What it calls at its end with each variable that is to be kept.
const STORE: &str = "evcxr_variable_store";
/// What it calls with the value of a cell.
const SHOW: &str = "evcxr_display";

/// The function, read from the source that evcxr would have analysed.
pub struct Wrapper {
    function: ast::Fn,
    body: ast::BlockExpr,
    file: ast::SourceFile,
}

/// One name that a statement of the cell binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name as it stands in the cell.
    pub name: String,
    /// Whether it is `mut`.
    pub is_mutable: bool,
    /// The type that the cell gives, whole and for this name alone.
    pub written: Option<String>,
    /// Where its name and where a value would be, if its statement gives it none.
    pub without_value: Option<(usize, usize)>,
    /// Where the statement ends.
    pub end: usize,
}

impl Wrapper {
    /// Reads a source; none if the function is not in it.
    pub fn read(source: &str) -> Option<Wrapper> {
        let file = ast::SourceFile::parse(source, Edition::Edition2024).tree();
        let function = file.items().find_map(|item| match item {
            ast::Item::Fn(function) => function.name().is_some_and(|name| name.text() == NAME).then_some(function),
            _ => None,
        })?;
        let body = function.body()?;
        Some(Wrapper { function, body, file })
    }

    /// The names that the cell binds. Of two with the same name the last one counts.
    pub fn bindings(&self) -> Vec<Binding> {
        let mut bindings: Vec<Binding> = Vec::new();
        for statement in self.body.statements() {
            let ast::Stmt::LetStmt(statement) = statement else { continue };
            let Some(pattern) = statement.pat() else { continue };
            let is_single = matches!(&pattern, ast::Pat::IdentPat(single) if single.pat().is_none());
            let written = statement.ty().filter(|ty| is_single && is_whole(ty));
            let name_start = pattern.syntax().text_range().start();
            let value_start =
                statement.ty().map_or_else(|| pattern.syntax().text_range(), |ty| ty.syntax().text_range());
            let without_value =
                statement.initializer().is_none().then(|| (name_start.into(), value_start.end().into()));
            let names = pattern.syntax().descendants().filter_map(ast::IdentPat::cast);
            for (name, pattern) in names.filter_map(|pattern| Some((pattern.name()?, pattern))) {
                let name = name.text().to_string();
                bindings.retain(|binding| binding.name != name);
                bindings.push(Binding {
                    name,
                    is_mutable: pattern.mut_token().is_some(),
                    written: written.as_ref().map(|ty| ty.syntax().text().to_string()),
                    without_value,
                    end: statement.syntax().text_range().end().into(),
                });
            }
        }
        bindings
    }

    /// The word `async` before the function, unless its body waits for something.
    pub fn needless_async(&self) -> Option<TextRange> {
        let words = self.body.syntax().descendants_with_tokens();
        let waits = words.filter_map(|part| part.into_token()).any(|word| word.kind() == SyntaxKind::AWAIT_KW);
        // In the arguments of a macro it is a word like any other.
        let waits = waits || self.body.syntax().text().to_string().contains("await");
        self.function.async_token().filter(|_| !waits).map(|token| token.text_range())
    }

    /// The statements in which evcxr keeps the variables. They are an error where a value has been moved.
    pub fn storing(&self) -> Vec<TextRange> {
        let calls = self.body.statements().filter(|statement| match statement {
            ast::Stmt::ExprStmt(statement) => match statement.expr() {
                Some(ast::Expr::CallExpr(call)) => call.expr().is_some_and(|called| called.syntax().text() == STORE),
                _ => false,
            },
            _ => false,
        });
        calls.map(|statement| statement.syntax().text_range()).collect()
    }

    /// The call in which evcxr shows the value of the cell, and from where on it is only that. Most values lack it.
    pub fn showing(&self) -> Option<(TextRange, TextRange)> {
        self.body.statements().filter_map(shown).last()
    }

    /// Whether a function of the source returns some type without saying which.
    pub fn has_hidden_types(&self) -> bool {
        let returned = self.file.syntax().descendants().filter_map(ast::RetType::cast);
        returned.flat_map(|ty| ty.syntax().descendants()).any(|node| ast::ImplTraitType::can_cast(node.kind()))
    }

    /// The names at the root of the source; none where a macro may have made more of them.
    pub fn roots(&self) -> Option<Vec<String>> {
        let mut roots = Vec::new();
        for item in self.file.items() {
            let name = match item {
                ast::Item::MacroCall(_) => return None,
                ast::Item::Module(item) => item.name(),
                ast::Item::Enum(item) => item.name(),
                ast::Item::Trait(item) => item.name(),
                ast::Item::Struct(item) => item.name(),
                ast::Item::Fn(item) => item.name(),
                _ => None,
            };
            roots.extend(name.map(|name| name.text().to_string()));
        }
        Some(roots)
    }
}

fn shown(statement: ast::Stmt) -> Option<(TextRange, TextRange)> {
    let ast::Stmt::ExprStmt(statement) = statement else { return None };
    let ast::Expr::MethodCallExpr(call) = statement.expr()? else { return None };
    let receiver = call.receiver()?.syntax().text_range();
    (call.name_ref()?.text() == SHOW).then_some(())?;
    Some((receiver, TextRange::new(receiver.end(), call.syntax().text_range().end())))
}

/// Whether nothing in a type is left to the compiler.
fn is_whole(ty: &ast::Type) -> bool {
    !ty.syntax().descendants().any(|node| ast::InferType::can_cast(node.kind()))
}
