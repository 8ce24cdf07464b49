//! The words of a search, and the check that a text contains them.

use crate::search::words::{fold, fold_word, pairs, tokens, Kind, Run, Runs, Token};

/// A word of a search.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    /// True if words that begin with `word` match too.
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

/// The text of a search, split into words.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    /// Words that a text must contain, each once.
    pub terms: Vec<Term>,
    /// Runs of a script without spaces, whose pairs of characters must stand together.
    runs: Vec<String>,
}

impl Query {
    /// Reads a search. The last word is a prefix too, unless it is a single letter: too many words
    /// begin with one.
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
            // The last of several characters is part of the pair before it.
            let wanted = (pairs.len() - 1).max(1);
            terms.extend(pairs.into_iter().take(wanted).map(|(_, pair)| Term {
                // A single character is the beginning of its pairs.
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
        // A word and a prefix of the same letters are the same search as the word.
        terms.sort_by(|a, b| (&a.word, a.is_prefix).cmp(&(&b.word, b.is_prefix)));
        terms.dedup_by(|later, earlier| later.word == earlier.word);
        Query { terms, runs }
    }

    /// Returns the byte of `text` where the first matching word begins; none if a word is missing.
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
    fn a_repeated_word_is_one_term() {
        assert_eq!(terms("foo bar foo"), "bar foo");
    }

    #[test]
    fn a_text_without_words_has_no_terms() {
        assert_eq!(terms(" -- !? "), "");
    }

    #[test]
    fn an_identifier_is_one_term() {
        assert_eq!(terms("sendMess"), "sendmess*");
    }

    #[test]
    fn a_text_matches_only_with_all_words() {
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
