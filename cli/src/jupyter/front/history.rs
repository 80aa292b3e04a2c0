//! The cells that a kernel has run, for clients that ask for them, as a console does at the arrow key.

use serde_json::{Value, json};

/// The code of the cells that were counted.
#[derive(Default)]
pub(super) struct History(Vec<String>);

impl History {
    pub(super) fn add(&mut self, code: &str) {
        self.0.push(code.to_owned());
    }

    /// The number of the newest cell.
    pub(super) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The reply to a `history_request`. There is no history but this session's, which is session 0, and no outputs.
    pub(super) fn answer(&self, content: &Value) -> Value {
        let wanted = |key: &str| content[key].as_i64();
        let most = wanted("n").map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(0));
        let mut cells: Vec<(usize, &String)> = self.0.iter().enumerate().map(|(at, code)| (at + 1, code)).collect();
        match content["hist_access_type"].as_str() {
            Some("range") => {
                let start = usize::try_from(wanted("start").unwrap_or(0)).unwrap_or(0);
                let stop = wanted("stop").map_or(usize::MAX, |stop| usize::try_from(stop).unwrap_or(0));
                cells.retain(|(number, _)| (start..stop).contains(number) && wanted("session").unwrap_or(0) == 0);
            }
            Some("search") => {
                let pattern: Vec<char> = content["pattern"].as_str().unwrap_or("*").chars().collect();
                cells.retain(|(_, code)| fits(&pattern, &code.chars().collect::<Vec<char>>()));
                if content["unique"] == true {
                    let all = cells.clone();
                    cells.retain(|(number, code)| !all.iter().any(|(later, same)| later > number && same == code));
                }
                cells.drain(..cells.len().saturating_sub(most));
            }
            _ => drop(cells.drain(..cells.len().saturating_sub(most))),
        }
        let entry = |(number, code): (usize, &String)| match content["output"] == true {
            true => json!([0, number, [code, null]]),
            false => json!([0, number, code]),
        };
        json!({"status": "ok", "history": cells.into_iter().map(entry).collect::<Vec<Value>>()})
    }
}

/// Whether a text fits a pattern in which `*` is any text and `?` any character.
fn fits(pattern: &[char], text: &[char]) -> bool {
    // Where the last star is, and how much of the text it takes.
    let (mut at, mut from, mut star) = (0, 0, None);
    while at < text.len() {
        match pattern.get(from) {
            Some('*') => {
                star = Some((from, at));
                from += 1;
            }
            Some(&wanted) if wanted == '?' || wanted == text[at] => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken + 1));
                (from, at) = (star_at + 1, taken + 1);
            }
        }
    }
    pattern[from..].iter().all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(content: Value) -> Value {
        let mut history = History::default();
        ["let a = 1;", "a + 1", "let b = 2;", "a + 1"].into_iter().for_each(|code| history.add(code));
        history.answer(&content)["history"].clone()
    }

    #[test]
    fn the_tail_is_the_newest_cells_with_their_numbers() {
        assert_eq!(asked(json!({"hist_access_type": "tail", "n": 2})), json!([[0, 3, "let b = 2;"], [0, 4, "a + 1"]]));
        assert_eq!(asked(json!({"hist_access_type": "tail", "n": 9})).as_array().unwrap().len(), 4);
    }

    #[test]
    fn a_range_ends_before_its_stop_and_another_session_is_empty() {
        let range = json!({"hist_access_type": "range", "session": 0, "start": 1, "stop": 3, "output": true});
        assert_eq!(asked(range), json!([[0, 1, ["let a = 1;", null]], [0, 2, ["a + 1", null]]]));
        assert_eq!(asked(json!({"hist_access_type": "range", "session": 7, "start": 1, "stop": 3})), json!([]));
    }

    #[test]
    fn a_search_finds_what_fits_and_each_once_if_so_wanted() {
        assert_eq!(asked(json!({"hist_access_type": "search", "pattern": "let*"})).as_array().unwrap().len(), 2);
        let once = json!({"hist_access_type": "search", "pattern": "a ? ?", "unique": true});
        assert_eq!(asked(once), json!([[0, 4, "a + 1"]]));
        assert_eq!(asked(json!({"hist_access_type": "search", "pattern": "*x*"})), json!([]));
    }
}
