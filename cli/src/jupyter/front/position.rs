//! Places in a cell: Jupyter counts characters of Unicode, the engine bytes.

/// The byte at which a character begins; the end of the code where there is none.
pub(super) fn byte_offset(code: &str, character: Option<u64>) -> usize {
    let character = character.and_then(|number| usize::try_from(number).ok());
    let found = character.and_then(|number| code.char_indices().nth(number));
    found.map_or(code.len(), |(offset, _)| offset)
}

/// How many characters begin before a byte.
pub(super) fn character_offset(code: &str, byte: usize) -> usize {
    code.char_indices().take_while(|(offset, _)| *offset < byte).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_several_bytes_are_one_place_each() {
        let code = "let ω = \"🧠\"; ω.";
        assert_eq!(&code[byte_offset(code, Some(13))..], "ω.");
        assert_eq!(byte_offset(code, Some(99)), code.len());
        assert_eq!(byte_offset(code, None), code.len());
        for place in 0..code.chars().count() {
            assert_eq!(character_offset(code, byte_offset(code, Some(place as u64))), place);
        }
    }
}
