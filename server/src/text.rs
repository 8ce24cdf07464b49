//! The rules for messages and names. `src/shared/text.ts` has the same rules in TypeScript, and
//! both are tested with the cases in `test/cases/text.json`. A `max` counts Unicode scalar values;
//! an error is a sentence for the person who wrote the text.

/// Returns a message as it is stored: line ends as `\n`, no blank lines before the text, no white
/// space after it. The indentation of the first line remains.
pub fn clean_message(raw: &str, max: u32) -> Result<String, String> {
    let text = raw.replace("\r\n", "\n");
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err("Messages must not contain control characters".into());
    }
    let text = without_leading_blank_lines(&text).trim_end();
    if is_blank(text) {
        return Err("Messages must not be empty".into());
    }
    check_length("Messages", text, max)?;
    Ok(text.into())
}

/// Returns a name as it is stored: one line without white space around it. Refuses invisible
/// characters, with which one person could pass for another.
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

/// Returns a short text as it is stored: one line, perhaps empty, such as a topic or a status.
pub fn clean_line(what: &str, raw: &str, max: u32) -> Result<String, String> {
    let line = raw.trim();
    if line.chars().any(|c| c.is_control() || is_line_end(c)) {
        return Err(format!(
            "{what} must be one line without control characters"
        ));
    }
    if is_blank(line) {
        return Ok(String::new());
    }
    check_length(what, line, max)?;
    Ok(line.into())
}

/// Refuses anything but characters that a font may draw as one emoji. A list of emoji would grow
/// every year.
pub fn check_emoji(emoji: &str, max: usize) -> Result<(), String> {
    let is_text = |c: char| c.is_ascii_alphanumeric() || c.is_control() || c.is_whitespace();
    let length = emoji.chars().count();
    if length > max || is_blank(emoji) || emoji.chars().any(is_text) {
        return Err("Choose one emoji".into());
    }
    Ok(())
}

/// Returns the beginning of a text on one line of at most `max` characters.
pub fn excerpt(text: &str, max: usize) -> String {
    let mut excerpt = String::new();
    for word in text.split_whitespace() {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
        if excerpt.len() > max * 4 {
            break;
        }
    }
    if excerpt.chars().count() > max {
        excerpt = excerpt.chars().take(max - 1).chain(['…']).collect();
    }
    excerpt
}

/// Returns for each `@` that begins a word the possible names after it, each up to the end of a
/// word: in lower case, the longest first.
pub fn names_after_at(text: &str, max: usize) -> impl Iterator<Item = Vec<String>> + '_ {
    text.match_indices('@').filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let rest = text[at + 1..].lines().next().unwrap_or("");
        let mut candidates = Vec::new();
        let mut chars = rest.char_indices().peekable();
        for _ in 0..max {
            let Some((_, c)) = chars.next() else { break };
            let next = chars.peek().copied();
            if c.is_whitespace() || next.is_some_and(|(_, next)| next.is_alphanumeric()) {
                continue;
            }
            let end = next.map_or(rest.len(), |(end, _)| end);
            candidates.push(rest[..end].to_lowercase());
        }
        candidates.reverse();
        Some(candidates)
    })
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

/// Recognises characters without width or shape, and those that turn the direction of the text.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e001f}')
}

/// Recognises joiners. They shape emoji and several scripts, between two characters that are not
/// ASCII.
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
