//! How much of a model's context a tool takes, roughly.

/// Quarter-tokens for the names of the fields and the punctuation around a tool in a list of tools.
const FRAME: u64 = 12 * 4;

/// Estimated tokens each time a client lists the tool to a model. An estimate, to be shown as one: models count
/// differently, and clients frame tools differently.
///
/// Counted per character: four of ASCII and other Latin letters make a token, two of other alphabets, and one
/// ideograph, kana, Hangul syllable or symbol is one; 12 tokens for the frame. More text never means fewer tokens.
#[must_use]
pub fn estimate(name: &str, title: &str, description: &str, schema: &str) -> u32 {
    let quarters =
        [name, title, description, schema].into_iter().flat_map(str::chars).map(quarters).sum::<u64>();
    u32::try_from((FRAME + quarters).div_ceil(4)).unwrap_or(u32::MAX)
}

fn quarters(c: char) -> u64 {
    match u32::from(c) {
        0..=0x24F => 1,
        0x250..=0x1FFF => 2,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::estimate;

    #[test]
    fn a_tool_costs_its_frame_and_its_text() {
        assert_eq!(estimate("", "", "", ""), 12);
        assert_eq!(estimate("list", "", "", ""), 13);
        assert_eq!(estimate("list", "", &"word ".repeat(80), "{}"), 12 + 1 + 100 + 1);
        assert_eq!(estimate("", "", "日本語の説明", ""), 12 + 6);
        assert_eq!(estimate("", "", "описание", ""), 12 + 4);
    }

    proptest! {
        #[test]
        fn more_text_is_never_fewer_tokens(parts in prop::array::uniform4(any::<String>()), more in any::<String>(), place in 0..4_usize) {
            let of = |p: &[String; 4]| estimate(&p[0], &p[1], &p[2], &p[3]);
            let mut longer = parts.clone();
            longer[place].push_str(&more);
            prop_assert!(of(&longer) >= of(&parts));
        }
    }
}
