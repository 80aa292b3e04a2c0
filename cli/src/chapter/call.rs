//! The line of a check: `check!(integrate_exponential(a, x0, dt, t_end) -> (x, t));`.

/// How a check calls the learner's function.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Call {
    /// The exercise's id.
    pub exercise: String,
    /// The names of the arguments.
    pub arguments: Vec<String>,
    /// What is inside `check!(…)`.
    pub text: String,
}

impl Call {
    /// Reads the check of this exercise.
    ///
    /// # Errors
    /// When the cell is not such a line; the message says how to write it.
    pub fn read(check: &str, exercise: &str) -> Result<Call, String> {
        if !is_name(exercise) {
            return Err(format!(
                "the id `{exercise}` is not a name of a function: a check with cases calls its exercise's function, so give both the same name"
            ));
        }
        let code: Vec<&str> =
            check.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
        let code = code.join(" ");
        let wanted =
            || format!("not the check of `{exercise}`: write `check!({exercise}(a, b) -> result);` above the sections");
        let text = code.strip_prefix("check!(").and_then(|code| code.trim_end_matches(';').strip_suffix(')'));
        let text = text.ok_or_else(wanted)?.trim();
        let rest = text.strip_prefix(exercise).ok_or_else(wanted)?.trim_start();
        let names = match rest.chars().next() {
            Some('(') => rest[1..].split_once(')').map(|(names, _)| names),
            Some(':') => {
                rest[1..].trim_start().strip_prefix('|').and_then(|rest| rest.split_once('|')).map(|(names, _)| names)
            }
            _ => None,
        };
        let names = names.ok_or_else(wanted)?;
        let arguments = arguments(names).iter().map(|name| name.trim_start_matches(['&', ' ']).to_owned()).collect();
        Ok(Call { exercise: exercise.to_owned(), arguments, text: text.to_owned() })
    }
}

/// Whether a function can be called so; an id may also hold hyphens, or begin with a digit.
fn is_name(id: &str) -> bool {
    !id.contains('-') && !id.starts_with(|first: char| first.is_ascii_digit())
}

/// Splits at the commas that are in no brackets and no text.
pub fn arguments(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    for character in text.chars() {
        if in_text {
            in_text = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else {
            match character {
                '"' => in_text = true,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    arguments.push(String::new());
                    continue;
                }
                _ => {}
            }
        }
        arguments.last_mut().expect("it begins with one").push(character);
    }
    arguments.iter().map(|argument| argument.trim().to_owned()).filter(|argument| !argument.is_empty()).collect()
}
