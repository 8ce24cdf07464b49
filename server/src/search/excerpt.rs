//! One line of a text around the first word that a search found.

use crate::rules::limits::MAX_SEARCH_EXCERPT_LENGTH as MAX_LENGTH;

/// UTF-16 units before the found word.
const LEAD: usize = 60;
const CUT: char = '…';

/// Returns at most `MAX_LENGTH` UTF-16 units of `text` around the byte `at`, on one line.
pub fn excerpt(text: &str, at: usize) -> String {
    let line = OneLine::of(text, at);
    let units: usize = line.chars.iter().map(|c| c.len_utf16()).sum();
    if units <= MAX_LENGTH {
        return line.chars.into_iter().collect();
    }
    let mut start = line.at;
    let mut lead = 0;
    while start > 0 && lead < LEAD {
        start -= 1;
        lead += line.chars[start].len_utf16();
    }
    let mut out = String::new();
    let mut left = MAX_LENGTH - 1;
    if start > 0 {
        out.push(CUT);
        left -= 1;
    }
    let mut shown = start;
    for c in &line.chars[start..] {
        if c.len_utf16() > left {
            break;
        }
        left -= c.len_utf16();
        out.push(*c);
        shown += 1;
    }
    if shown < line.chars.len() {
        out.push(CUT);
    }
    out
}

/// A text in which each run of white space is one space.
struct OneLine {
    chars: Vec<char>,
    /// Index of the character at the given byte.
    at: usize,
}

impl OneLine {
    fn of(text: &str, at: usize) -> OneLine {
        let mut line = OneLine {
            chars: Vec::new(),
            at: 0,
        };
        for (byte, c) in text.char_indices() {
            if byte == at {
                line.at = line.chars.len();
            }
            if !c.is_whitespace() {
                line.chars.push(c);
            } else if line.chars.last().is_some_and(|last| *last != ' ') {
                line.chars.push(' ');
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    #[test]
    fn a_short_text_is_shown_whole_on_one_line() {
        assert_eq!(excerpt("  one\n\ttwo  three", 6), "one two three");
    }

    #[test]
    fn a_long_text_is_cut_around_the_found_word() {
        let text = format!("{}needle{}", "a ".repeat(500), " b".repeat(500));
        let cut = excerpt(&text, 1_000);
        assert_eq!(
            (
                units(&cut),
                cut.starts_with("…a "),
                cut.ends_with('…'),
                cut.find("needle")
            ),
            (200, true, true, Some(60 + '…'.len_utf8()))
        );
    }

    #[test]
    fn the_beginning_and_the_end_are_not_marked_as_cut() {
        let text = format!("needle {} end", "x".repeat(300));
        let tail = excerpt(&text, text.len() - 3);
        assert_eq!(
            (
                excerpt(&text, 0).starts_with("needle"),
                tail.ends_with("x end")
            ),
            (true, true)
        );
    }

    #[test]
    fn characters_of_two_units_are_counted_as_two() {
        let cut = excerpt(&"😀".repeat(300), 400);
        assert!(units(&cut) <= 200 && units(&cut) > 196);
    }
}
