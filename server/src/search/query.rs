//! What somebody looks for, and whether a text has it.

use super::words::{fold, fold_word, pairs, tokens, Kind, Run, Runs, Token};

/// A word that is looked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    /// Whether words that only begin so are meant too.
    pub is_prefix: bool,
}

impl Term {
    pub fn matches(&self, word: &str) -> bool {
        if self.is_prefix {
            word.starts_with(&self.word)
        } else {
            word == self.word
        }
    }
}

/// What a person typed to look for.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    /// All of them are wanted; each is there once.
    pub terms: Vec<Term>,
    /// Runs of a script without spaces: their pairs of characters must stand together.
    runs: Vec<String>,
}

impl Query {
    /// The last word is looked for as a prefix too, unless it is a single letter: too many begin with it.
    pub fn new(text: &str) -> Query {
        let mut terms: Vec<Term> = Vec::new();
        let mut runs = Vec::new();
        for Run {
            text: run, kind, ..
        } in Runs::of(text)
        {
            if kind == Kind::Plain {
                terms.push(Term {
                    word: fold_word(run),
                    is_prefix: false,
                });
                continue;
            }
            let run = fold(run);
            let pairs = pairs(&run);
            // Of several characters the last is in the pair before it.
            let wanted = (pairs.len() - 1).max(1);
            terms.extend(pairs.into_iter().take(wanted).map(|(_, pair)| Term {
                // A character alone begins a pair wherever another follows it.
                is_prefix: pair.chars().nth(1).is_none(),
                word: pair.into(),
            }));
            if wanted > 1 {
                runs.push(run);
            }
        }
        if let Some(last) = terms.last_mut() {
            last.is_prefix |= last.word.chars().nth(1).is_some();
        }
        // Who asks for a word and for a prefix of the same letters asks for the word.
        terms.sort_by(|a, b| (&a.word, a.is_prefix).cmp(&(&b.word, b.is_prefix)));
        terms.dedup_by(|later, earlier| later.word == earlier.word);
        Query { terms, runs }
    }

    /// The byte of `text` where the first word that is looked for begins; nothing if one is missing.
    pub fn find_in(&self, text: &str) -> Option<usize> {
        let mut first = usize::MAX;
        let mut is_missing = vec![true; self.terms.len()];
        for Token { word, at } in tokens(text) {
            for (term, is_missing) in self.terms.iter().zip(&mut is_missing) {
                if term.matches(&word) {
                    *is_missing = false;
                    first = first.min(at);
                }
            }
        }
        if is_missing.contains(&true) {
            return None;
        }
        if !self.runs.is_empty() {
            let folded = fold(text);
            if !self.runs.iter().all(|run| folded.contains(run)) {
                return None;
            }
        }
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> String {
        Query::new(text)
            .terms
            .iter()
            .map(|term| format!("{}{}", term.word, if term.is_prefix { "*" } else { "" }))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_last_word_is_a_prefix() {
        assert_eq!(terms("new mess"), "mess* new");
    }

    #[test]
    fn a_single_letter_is_no_prefix() {
        assert_eq!(terms("plan b"), "b plan");
    }

    #[test]
    fn a_single_character_of_a_script_without_spaces_is_a_prefix_wherever_it_stands() {
        assert_eq!(terms("猫 cat"), "cat* 猫*");
    }

    #[test]
    fn a_word_twice_is_looked_for_once() {
        assert_eq!(terms("foo bar foo"), "bar foo");
    }

    #[test]
    fn nothing_to_look_for_is_no_term() {
        assert_eq!(terms(" -- !? "), "");
    }

    #[test]
    fn an_identifier_is_looked_for_as_a_whole() {
        assert_eq!(terms("sendMess"), "sendmess*");
    }

    #[test]
    fn a_text_is_found_only_with_all_words() {
        let query = Query::new("quick mess");
        assert_eq!(
            [
                query.find_in("a message, quick"),
                query.find_in("a message"),
                query.find_in("quick"),
            ],
            [Some(2), None, None]
        );
    }

    #[test]
    fn characters_of_a_run_must_stand_together() {
        let query = Query::new("東京都");
        assert_eq!(
            [query.find_in("東京都庁"), query.find_in("東京と京都")],
            [Some(0), None]
        );
    }
}
