//! A check of this crate's source: which file uses which, by its paths that begin with `crate::`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Folders and files from the lowest floor to the highest.
const FLOORS: [&[&str]; 6] = [
    &["codes", "ids", "text"],
    &["tables"],
    &["rules"],
    &["search"],
    &["features"],
    &["acts"],
];
/// The one upward use, which SpacetimeDB demands: a scheduled table names its reducer.
const EXCEPTION: (&str, &str) = ("tables::timers", "acts::timers");
/// Files that are on no floor.
const OUTSIDE: [&str; 2] = ["lib", "floors"];

/// Sources by module, such as `tables::posts`.
type Sources = BTreeMap<String, String>;
/// Used modules by the module that uses them.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn read_sources(folder: &Path, module: &str, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let name = match (module, stem) {
            (_, "mod") => module.to_string(),
            ("", stem) => stem.to_string(),
            (module, stem) => format!("{module}::{stem}"),
        };
        if path.is_dir() {
            read_sources(&path, &name, sources);
        } else if !OUTSIDE.contains(&name.as_str()) {
            sources.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn own_sources() -> Sources {
    let mut sources = Sources::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_sources(&folder, "", &mut sources);
    sources
}

/// Removes comments, because a path in a comment is no use.
fn code_of(source: &str) -> String {
    let lines = source.lines();
    lines
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Reads one use tree, such as `a::{self, b::c}`, into full paths. Returns the rest of the code.
fn read_tree<'a>(prefix: &str, code: &'a str, paths: &mut Vec<String>) -> &'a str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            let before = rest.len();
            rest = read_tree(prefix, rest, paths);
            assert!(rest.len() < before, "a use tree that this check can't read");
        }
    }
    let end = code.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'));
    let (name, rest) = code.split_at(end.unwrap_or(code.len()));
    let path = match (prefix, name) {
        ("", name) => name.to_string(),
        (prefix, "self" | "*") => prefix.to_string(),
        (prefix, name) => format!("{prefix}::{name}"),
    };
    if let Some(rest) = rest.strip_prefix("::") {
        return read_tree(&path, rest, paths);
    }
    paths.push(path);
    let alias = rest.trim_start().strip_prefix("as ");
    alias.map_or(rest, |alias| {
        alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
    })
}

/// Returns the longest beginning of a path that is a module.
fn module_of(path: &str, sources: &Sources) -> Option<String> {
    let names: Vec<&str> = path.split("::").collect();
    let beginnings = (1..=names.len()).rev().map(|end| names[..end].join("::"));
    beginnings
        .into_iter()
        .find(|name| sources.contains_key(name))
}

fn uses_in(sources: &Sources) -> Uses {
    let mut uses = Uses::new();
    for (module, source) in sources {
        let code = code_of(source);
        let mut paths = Vec::new();
        for (at, found) in code.match_indices("crate::") {
            read_tree("", &code[at + found.len()..], &mut paths);
        }
        let used = paths.iter().filter_map(|path| module_of(path, sources));
        let others =
            used.filter(|other| other != module && (module.as_str(), other.as_str()) != EXCEPTION);
        uses.insert(module.clone(), others.collect());
    }
    uses
}

fn floor_of(module: &str) -> Option<usize> {
    let top = module.split("::").next().unwrap_or_default();
    FLOORS.iter().position(|floor| floor.contains(&top))
}

/// Returns the uses of a higher floor, and the files on no floor.
fn upward_uses(uses: &Uses) -> Vec<String> {
    let mut found = Vec::new();
    for (module, others) in uses {
        if floor_of(module).is_none() {
            found.push(format!("{module} is on no floor"));
        }
        for other in others {
            if floor_of(other) > floor_of(module) {
                found.push(format!("{module} uses {other}"));
            }
        }
    }
    found
}

/// Returns the files of circles, and those between two circles. Takes away, again and again, each
/// file that no remaining file uses or that uses no remaining file.
fn circles(uses: &Uses) -> Vec<String> {
    let mut left = uses.clone();
    loop {
        let using: BTreeSet<String> = left.keys().cloned().collect();
        let used: BTreeSet<String> = left.values().flatten().cloned().collect();
        left.retain(|module, others| used.contains(module) && !others.is_disjoint(&using));
        if left.len() == using.len() {
            return left.into_keys().collect();
        }
    }
}

fn sources(files: &[(&str, &str)]) -> Sources {
    let files = files.iter();
    files
        .map(|(module, source)| (module.to_string(), source.to_string()))
        .collect()
}

#[test]
fn no_file_uses_a_higher_floor() {
    assert_eq!(upward_uses(&uses_in(&own_sources())), Vec::<String>::new());
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    assert_eq!(circles(&uses_in(&own_sources())), Vec::<String>::new());
}

#[test]
fn only_tables_touch_the_database() {
    let mut sources = own_sources();
    sources
        .retain(|module, source| !module.starts_with("tables") && code_of(source).contains(".db"));
    assert_eq!(
        sources.into_keys().collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn paths_begin_with_crate_so_that_this_check_sees_them() {
    let mut sources = own_sources();
    sources.retain(|_, source| {
        let code = code_of(source).replace("use super::*;", "");
        code.contains("super::") || code.contains("self::")
    });
    assert_eq!(
        sources.into_keys().collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn every_form_of_a_use_is_read() {
    let files = sources(&[
        ("text", ""),
        ("tables", ""),
        ("tables::posts", ""),
        ("rules::rate", ""),
        (
            "acts::send",
            "// use crate::ids;
            use crate::tables::{
                self,
                posts::{self as rows, Post},
            };
            use crate::{rules::rate::*, text};",
        ),
        ("acts::edit", "#[table(scheduled(crate::acts::send::act))]"),
    ]);
    let uses = uses_in(&files);
    assert_eq!(
        (
            uses["acts::send"]
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
            uses["acts::edit"]
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
        ),
        (
            vec!["rules::rate", "tables", "tables::posts", "text"],
            vec!["acts::send"]
        )
    );
}

#[test]
fn an_upward_use_and_a_circle_are_found() {
    let files = sources(&[
        ("tables::posts", "use crate::features::send;"),
        ("features::send", "use crate::features::edit;"),
        ("features::edit", "use crate::features::send::send;"),
        ("acts::send", "use crate::tables::users;"),
        ("tables::users", ""),
    ]);
    let uses = uses_in(&files);
    assert_eq!(
        (upward_uses(&uses), circles(&uses)),
        (
            vec!["tables::posts uses features::send".to_string()],
            ["features::edit", "features::send"]
                .map(String::from)
                .to_vec()
        )
    );
}
