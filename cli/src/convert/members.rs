//! Which of the arrays of a file is meant: an archive or a MATLAB file can hold many.

use anyhow::{Result, bail};

/// One of the arrays, or of the other things, in a file.
pub struct Member {
    pub name: String,
    /// Its shape and kind.
    pub words: String,
    /// Why it is not taken.
    pub refused: Option<String>,
}

/// The number of the member that is wanted by name, or of the only one that can be taken.
pub fn choose(members: &[Member], wanted: Option<&str>) -> Result<usize> {
    if let Some(wanted) = wanted {
        let Some(index) = members.iter().position(|member| member.name == wanted) else {
            bail!("there is no array {wanted:?} in it, only {}", list(members));
        };
        if let Some(reason) = &members[index].refused {
            bail!("the array {wanted:?}: {reason}");
        }
        return Ok(index);
    }
    let usable: Vec<usize> = (0..members.len()).filter(|index| members[*index].refused.is_none()).collect();
    match (usable[..].first(), members) {
        (Some(index), _) if usable.len() == 1 => Ok(*index),
        (Some(index), _) => bail!(
            "it holds {} arrays: {}. Name the one that you want: `--array {}`",
            usable.len(),
            list(members),
            members[*index].name
        ),
        (None, []) => bail!("it holds no array: save one with numbers in it"),
        (None, [only]) => bail!("the array {:?}: {}", only.name, only.refused.as_deref().unwrap_or_default()),
        (None, [first, ..]) => bail!(
            "it holds no array of plain numbers, only {}. The first: {}",
            list(members),
            first.refused.as_deref().unwrap_or_default()
        ),
    }
}

/// The names of what is there, with shapes; not all of very many.
fn list(members: &[Member]) -> String {
    const SHOWN: usize = 12;
    let shown = members.iter().take(SHOWN).map(|member| format!("{} ({})", member.name, member.words));
    let mut words = shown.collect::<Vec<_>>().join(", ");
    if members.len() > SHOWN {
        words.push_str(&format!(" and {} more", members.len() - SHOWN));
    }
    if members.is_empty() { "nothing".to_owned() } else { words }
}

/// What is said of those that were left out.
pub fn left_out(members: &[Member], taken: usize) -> Option<String> {
    let others: Vec<&str> = members
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != taken)
        .map(|(_, member)| member.name.as_str())
        .collect();
    match others.len() {
        0 => None,
        1..=12 => Some(format!("Left out: {}.", others.join(", "))),
        count => Some(format!("Left out: {} and {} more.", others[..12].join(", "), count - 12)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, refused: Option<&str>) -> Member {
        Member { name: name.to_owned(), words: "2 × 2 float64".to_owned(), refused: refused.map(str::to_owned) }
    }

    #[test]
    fn the_only_array_of_numbers_is_taken_and_of_several_one_is_to_be_named() {
        let members = [member("labels", Some("words")), member("W", None)];
        assert_eq!(choose(&members, None).unwrap(), 1);
        assert_eq!(left_out(&members, 1).unwrap(), "Left out: labels.");
        let members = [member("W", None), member("D", None)];
        let message = choose(&members, None).unwrap_err().to_string();
        assert!(message.contains("W (2 × 2 float64), D") && message.ends_with("`--array W`"), "{message}");
        assert_eq!(choose(&members, Some("D")).unwrap(), 1);
        assert!(choose(&members, Some("d")).unwrap_err().to_string().contains("only W"));
    }

    #[test]
    fn an_array_that_is_not_taken_says_why() {
        let members = [member("labels", Some("words")), member("z", Some("complex"))];
        assert!(choose(&members, None).unwrap_err().to_string().ends_with("The first: words"));
        assert!(choose(&members, Some("z")).unwrap_err().to_string().ends_with("complex"));
        assert!(choose(&members[..1], None).unwrap_err().to_string().ends_with("words"));
        assert!(choose(&[], None).unwrap_err().to_string().contains("no array"));
    }
}
