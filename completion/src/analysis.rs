//! A question put to rust-analyzer, and its answer in the protocol's words.

use std::cmp::Reverse;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Result, anyhow, bail};
use ra_ap_hir::PrefixKind;
use ra_ap_ide::{
    CallableSnippets, CompletionConfig, CompletionFieldsToResolve, CompletionItem, CompletionItemKind, FilePosition,
    FileRange, HoverConfig, HoverDocFormat, RaFixtureConfig, SubstTyLen, TextRange, TextSize,
};
use ra_ap_ide_db::imports::insert_use::{ImportGranularity, InsertUseConfig};
use ra_ap_ide_db::{SnippetCap, SymbolKind};

use crate::project::Project;
use crate::protocol::{Answer, Item, Kind, Request};

/// Answers one question. Where rust-analyzer fails at a place it goes on at others, as in an editor.
pub fn answer(project: &mut Project, request: &Request) -> Result<Answer> {
    let is_inside = request.source.is_char_boundary(request.offset);
    let Some(offset) = u32::try_from(request.offset).ok().filter(|_| is_inside).map(TextSize::from) else {
        bail!("there is no place {} in the source", request.offset);
    };
    let answered = catch_unwind(AssertUnwindSafe(|| {
        project.set_source(&request.source);
        match request.kind {
            Kind::Complete => Ok(Answer::Items { items: completions(project, offset)? }),
            Kind::Hover => Ok(Answer::Text {
                plain: hover(project, offset, HoverDocFormat::PlainText)?,
                markdown: hover(project, offset, HoverDocFormat::Markdown)?,
            }),
            Kind::Load => Ok(Answer::Loaded),
        }
    }));
    answered.unwrap_or_else(|_| bail!("rust-analyzer failed at this place"))
}

fn completions(project: &Project, offset: TextSize) -> Result<Vec<Item>> {
    let position = FilePosition { file_id: project.file, offset };
    let found = project.host.analysis().completions(&completion_config(), position, None);
    let found = found.map_err(|_| anyhow!("the question was cancelled"))?.unwrap_or_default();
    let mut found: Vec<&CompletionItem> = found.iter().collect();
    // A client shows them as they come: what a type has of its own before what a trait gives to many, then what fits best.
    found.sort_by_key(|item| {
        let is_of_a_trait = item.relevance.trait_.is_some();
        (item.deprecated, item.lookup().starts_with('_'), is_of_a_trait, Reverse(item.relevance.score()))
    });
    Ok(found.into_iter().filter_map(|item| to_item(item, &project.source)).collect())
}

/// The completion as one replacement, if it begins with what the learner has typed.
fn to_item(found: &CompletionItem, source: &str) -> Option<Item> {
    let mut edits = found.text_edit.iter();
    let (edit, None) = (edits.next()?, edits.next()) else { return None };
    let typed = &source[edit.delete];
    // These are evcxr's own, not the learner's.
    let is_internal = found.lookup().starts_with("evcxr_") || found.lookup() == "EvcxrUserCodeError";
    (found.lookup().starts_with(typed) && !is_internal).then(|| Item {
        start: edit.delete.start().into(),
        end: edit.delete.end().into(),
        insert: if found.is_snippet { plain(&edit.insert) } else { edit.insert.clone() },
        lookup: found.lookup().to_owned(),
        kind: jupyter_kind(found.kind),
        label: found.label.primary.to_string(),
        detail: found.detail.clone(),
        deprecated: found.deprecated,
        score: found.relevance.score(),
    })
}

/// A snippet's text without its marks: `zeros(${1:shape})$0` is `zeros(shape)`.
fn plain(snippet: &str) -> String {
    let mut text = String::with_capacity(snippet.len());
    let mut rest = snippet.chars().peekable();
    let mut open = 0;
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => text.extend(rest.next()),
            '$' => {
                let is_named = rest.next_if_eq(&'{').is_some();
                while rest.next_if(char::is_ascii_digit).is_some() {}
                if is_named && rest.next_if_eq(&':').is_some() {
                    open += 1;
                } else if is_named {
                    rest.next_if_eq(&'}');
                }
            }
            '}' if open > 0 => open -= 1,
            _ => text.push(letter),
        }
    }
    text
}

fn jupyter_kind(kind: CompletionItemKind) -> &'static str {
    match kind {
        CompletionItemKind::Keyword => "keyword",
        CompletionItemKind::SymbolKind(symbol) => match symbol {
            SymbolKind::Module | SymbolKind::CrateRoot | SymbolKind::ToolModule => "module",
            SymbolKind::Struct
            | SymbolKind::Enum
            | SymbolKind::Union
            | SymbolKind::Trait
            | SymbolKind::TypeAlias
            | SymbolKind::TypeParam
            | SymbolKind::SelfType => "class",
            SymbolKind::Function
            | SymbolKind::Method
            | SymbolKind::Macro
            | SymbolKind::ProcMacro
            | SymbolKind::Derive
            | SymbolKind::DeriveHelper
            | SymbolKind::Attribute
            | SymbolKind::BuiltinAttr => "function",
            _ => "instance",
        },
        _ => "instance",
    }
}

fn completion_config() -> CompletionConfig<'static> {
    CompletionConfig {
        // They replace what stands before the dot, which a Jupyter client cannot show beside the others.
        enable_postfix_completions: false,
        enable_imports_on_the_fly: false,
        enable_self_on_the_fly: true,
        enable_auto_iter: true,
        enable_auto_await: true,
        enable_private_editable: false,
        // It makes up whole expressions, which takes long and names a variable twice.
        enable_term_search: false,
        term_search_fuel: 0,
        full_function_signatures: true,
        callable: Some(CallableSnippets::FillArguments),
        add_colons_to_module: true,
        add_semicolon_to_unit: true,
        snippet_cap: SnippetCap::new(true),
        insert_use: InsertUseConfig {
            granularity: ImportGranularity::Item,
            enforce_granularity: false,
            prefix_kind: PrefixKind::ByCrate,
            group: false,
            skip_glob_imports: false,
        },
        prefer_no_std: false,
        prefer_prelude: false,
        prefer_absolute: false,
        snippets: Vec::new(),
        limit: None,
        fields_to_resolve: CompletionFieldsToResolve::empty(),
        exclude_flyimport: Vec::new(),
        exclude_traits: &[],
        ra_fixture: RaFixtureConfig::default(),
    }
}

fn hover(project: &Project, offset: TextSize, format: HoverDocFormat) -> Result<Option<String>> {
    let config = HoverConfig {
        links_in_hover: true,
        memory_layout: None,
        documentation: true,
        keywords: true,
        format,
        max_trait_assoc_items_count: None,
        max_fields_count: Some(5),
        max_enum_variants_count: Some(5),
        // What a type stands for is often not known, and then said as `{unknown}`.
        max_subst_ty_len: SubstTyLen::Hide,
        show_drop_glue: false,
        ra_fixture: RaFixtureConfig::default(),
    };
    let place = FileRange { file_id: project.file, range: TextRange::empty(offset) };
    let found = project.host.analysis().hover(&config, place);
    Ok(found.map_err(|_| anyhow!("the question was cancelled"))?.map(|found| found.info.markup.into()))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_snippets_marks_are_taken_out() {
        assert_eq!(plain("zeros(${1:shape})$0"), "zeros(shape)");
        assert_eq!(plain("Pair { left: $1, right: ${2:()} }$0"), "Pair { left: , right: () }");
        assert_eq!(plain("a\\$b{c}"), "a$b{c}");
    }
}
