//! One spelling for each number.

/// 2^53: from here on a double cannot tell neighbouring integers apart.
const TWO_POW_53: &str = "9007199254740992";

/// An exponent of more digits than this is not worked with.
const MAX_EXPONENT_DIGITS: usize = 17;

/// The canonical spelling of a number, given by its JSON text (which the grammar of RFC 8259 must allow).
///
/// * Of magnitude up to 2^53: as RFC 8785 says, the nearest double written the way ECMAScript writes it
///   (`1.0` is `1`, `1e3` is `1000`, `-0` is `0`, `4.50` is `4.5`).
/// * Beyond ±2^53, and too close to zero for a double: every digit counts, because a double would take different
///   numbers for the same. The exact decimal value is written in ECMAScript's layout: plain up to 21 digits
///   before the point, otherwise one digit, the rest behind a point, and `e` with a signed exponent.
///   `9007199254740993` stays, `1e400` is `1e+400`, and `10000000000000000000000.0` is `1e+22` like `1e22` and
///   `10000000000000000000000`. Where RFC 8785 would write the same digits (the shortest that name a double) the
///   result is the same.
///
/// `None` for an exponent of more than 17 digits.
pub(super) fn canonical_number(text: &str) -> Option<String> {
    let decimal = Decimal::read(text)?;
    if decimal.digits.is_empty() {
        return Some("0".to_owned());
    }
    if !decimal.beyond_two_pow_53() {
        let nearest: f64 = text.parse().ok()?;
        if nearest != 0.0 && nearest.is_finite() {
            return Some(ryu_js::Buffer::new().format_finite(nearest).to_owned());
        }
    }
    Some(decimal.exact())
}

/// A number as sign and digits: 0.d₁d₂d₃… × 10^point, with d₁ and the last digit not zero; no digits for zero.
struct Decimal {
    negative: bool,
    digits: String,
    point: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let without_leading = all.trim_start_matches('0');
        let digits = without_leading.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, point: 0 });
        }
        let leading = all.len() - without_leading.len();
        let shift = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Self { negative, digits, point: shift + read_exponent(exponent)? })
    }

    /// Magnitude greater than 2^53, exactly.
    fn beyond_two_pow_53(&self) -> bool {
        // Both sides as 0.ddd × 10^16: text order is then the order of the numbers.
        self.point > 16 || (self.point == 16 && self.digits.as_str() > TWO_POW_53)
    }

    /// All digits in the layout of ECMAScript's Number::toString.
    fn exact(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let digits = &self.digits;
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        match usize::try_from(self.point) {
            Ok(point @ 1..=21) if length <= self.point => format!("{sign}{digits:0<point$}"),
            Ok(point @ 1..=21) => {
                let (whole, fraction) = digits.split_at(point);
                format!("{sign}{whole}.{fraction}")
            }
            _ => {
                let (first, rest) = digits.split_at(1);
                let point = if rest.is_empty() { "" } else { "." };
                format!("{sign}{first}{point}{rest}e{:+}", self.point - 1)
            }
        }
    }
}

fn read_exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.trim_start_matches('0');
    match digits.len() {
        0 => Some(0),
        1..=MAX_EXPONENT_DIGITS => digits.parse::<i64>().ok().map(|e| sign * e),
        _ => None,
    }
}
