//! The words of a text, in the form that the index stores.

/// Distinct words of a post that are indexed. Ordinary posts have a dozen. A pasted log has
/// hundreds, and each would take more space in the index than in the post.
const MAX_WORDS: usize = 256;
/// Characters of a word that count. Longer words are hashes and encoded data.
const MAX_WORD_LENGTH: usize = 40;
/// Length of the longest identifier in bytes. A longer run of letters and digits has no parts.
const MAX_IDENTIFIER_LENGTH: usize = 64;

/// A word and its position in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// The word in lower case.
    pub word: String,
    /// Byte of the text where the word begins.
    pub at: usize,
}

/// Returns the words by which a text is found, each once, in alphabetical order.
pub fn distinct_words(text: &str) -> Vec<String> {
    let mut words = std::collections::BTreeSet::new();
    for Token { word, .. } in tokens(text) {
        words.insert(word);
        if words.len() == MAX_WORDS {
            break;
        }
    }
    words.into_iter().collect()
}

/// Returns all words of a text: runs of letters and digits, and the parts of identifiers. A script
/// without spaces gives pairs of characters, and the last one alone.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for Run {
        text: run,
        at,
        kind,
    } in Runs::of(text)
    {
        if kind == Kind::Spaceless {
            tokens.extend(pairs(run).into_iter().map(|(start, pair)| Token {
                word: fold(pair),
                at: at + start,
            }));
            continue;
        }
        tokens.push(Token {
            word: fold_word(run),
            at,
        });
        tokens.extend(parts(run).into_iter().map(|(start, part)| Token {
            word: fold_word(part),
            at: at + start,
        }));
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Spaceless,
}

pub struct Run<'a> {
    pub text: &'a str,
    pub at: usize,
    pub kind: Kind,
}

/// An iterator over the runs of letters and digits of a text.
pub struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Runs<'a> {
    pub fn of(text: &'a str) -> Self {
        Runs { text, at: 0 }
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        let mut begun: Option<(usize, Kind)> = None;
        let mut end = self.text.len();
        for (offset, c) in self.text[self.at..].char_indices() {
            let here = self.at + offset;
            let kind = kind_of(c);
            match begun {
                None => begun = kind.map(|kind| (here, kind)),
                Some((_, running)) if kind == Some(running) || is_mark(c) => {}
                Some(_) => {
                    end = here;
                    break;
                }
            }
        }
        self.at = end;
        let (at, kind) = begun?;
        Some(Run {
            text: &self.text[at..end],
            at,
            kind,
        })
    }
}

fn kind_of(c: char) -> Option<Kind> {
    if is_mark(c) {
        None
    } else if is_spaceless(c) {
        Some(Kind::Spaceless)
    } else if c.is_alphanumeric() {
        Some(Kind::Plain)
    } else {
        None
    }
}

/// Recognises letters of scripts without spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Myanmar
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{3041}'..='\u{30ff}' // kana
        | '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
        && c != '\u{30fb}' // the dot between words
}

/// Recognises marks that change the letter before them. They don't end a word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{200d}')
}

/// Returns a text in lower case, without the marks on letters.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_mark(*c))
        // Greek writes a sigma at the end of a word in another form.
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

pub fn fold_word(run: &str) -> String {
    fold(run).chars().take(MAX_WORD_LENGTH).collect()
}

/// Returns each character with the one after it, and the last one alone, with the byte where it
/// begins.
pub fn pairs(run: &str) -> Vec<(usize, &str)> {
    let ends: Vec<usize> = run
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    run.char_indices()
        .enumerate()
        .map(|(index, (start, _))| {
            let end = ends
                .get(index + 1)
                .or(ends.last())
                .copied()
                .unwrap_or(start);
            (start, &run[start..end])
        })
        .collect()
}

/// Splits an identifier such as `sendMessage` or `HTTPServer`. Returns nothing for a single part.
fn parts(run: &str) -> Vec<(usize, &str)> {
    if run.len() > MAX_IDENTIFIER_LENGTH {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = run.char_indices().collect();
    let mut starts = vec![0];
    for window in 1..chars.len() {
        let (at, c) = chars[window];
        let before = chars[window - 1].1;
        let is_next_lower = chars
            .get(window + 1)
            .is_some_and(|(_, next)| next.is_lowercase());
        if c.is_uppercase() && (!before.is_uppercase() || is_next_lower) {
            starts.push(at);
        }
    }
    if starts.len() == 1 {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([run.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| (start, &run[start..end]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut words: Vec<String> = tokens(text).into_iter().map(|token| token.word).collect();
        words.dedup();
        words.join(" ")
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_in_lower_case() {
        assert_eq!(words("Hello, WORLD! Don't 42x"), "hello world don t 42x");
    }

    #[test]
    fn parts_of_identifiers_are_words_too() {
        assert_eq!(
            words("sendMessage(post_id) HTTPServer src/a/b.rs"),
            "sendmessage send message post id httpserver http server src a b rs"
        );
    }

    #[test]
    fn encoded_data_has_no_parts() {
        let data = "aB".repeat(100);
        assert_eq!(words(&data), "ab".repeat(20));
    }

    #[test]
    fn scripts_without_spaces_are_pairs() {
        assert_eq!(words("黒猫だ。cat"), "黒猫 猫だ だ cat");
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(words("E\u{301}te ΟΔΟΣ İ"), "ete οδοσ i");
    }

    #[test]
    fn a_post_has_at_most_max_words() {
        let text: String = (0..1_000).map(|n| format!("w{n} ")).collect();
        assert_eq!(distinct_words(&text).len(), MAX_WORDS);
    }
}
