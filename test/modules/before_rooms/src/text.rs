//! The rules for messages and names, which `src/shared/text.ts` has in TypeScript. Both are tested with
//! the cases in `test/cases/text.json`.

/// The text as it is kept: line ends as `\n`, no blank lines before it, no white space behind it, the
/// first line's indentation untouched. `max` counts Unicode scalar values. The error is a sentence for the
/// person who wrote it.
pub fn clean_message(raw: &str, max: u32) -> Result<String, String> {
    let text = raw.replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err("Messages must not contain control characters".into());
    }
    let text = without_leading_blank_lines(&text).trim_end();
    if is_blank(text) {
        return Err("Messages must not be empty".into());
    }
    check_length("Messages", text, max)?;
    Ok(text.into())
}

/// The name as it is kept: one line without white space around it or invisible characters inside,
/// which would let one person pass for another.
pub fn clean_name(raw: &str, max: u32) -> Result<String, String> {
    let name = raw.trim();
    if is_blank(name) {
        return Err("Names must not be empty".into());
    }
    if name.chars().any(|c| c.is_control() || is_line_end(c)) {
        return Err("Names must be one line without control characters".into());
    }
    if has_hidden(name) {
        return Err("Names must not contain invisible characters".into());
    }
    check_length("Names", name, max)?;
    Ok(name.into())
}

fn check_length(what: &str, text: &str, max: u32) -> Result<(), String> {
    let length = text.chars().count();
    if length > max as usize {
        return Err(format!(
            "{what} must not be longer than {max} characters; this one has {length}"
        ));
    }
    Ok(())
}

fn without_leading_blank_lines(text: &str) -> &str {
    let mut rest = text;
    while let Some((line, tail)) = rest.split_once('\n') {
        if !line.chars().all(char::is_whitespace) {
            break;
        }
        rest = tail;
    }
    rest
}

fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || is_invisible(c) || is_joiner(c))
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Characters that take no room, draw nothing, or turn the direction of what follows.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e001f}')
}

/// Joiners shape emoji and several scripts, between two characters that are not ASCII.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn has_hidden(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let joins = |index: Option<usize>| {
        index
            .and_then(|i| chars.get(i))
            .is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_joiner(*c))
    };
    chars.iter().enumerate().any(|(i, &c)| {
        is_invisible(c) || (is_joiner(c) && !(joins(i.checked_sub(1)) && joins(Some(i + 1))))
    })
}
