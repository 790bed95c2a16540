//! RT and RW, as people write them: "rt 3 rw 5", "RT.03/RW.05", "rt 3/5", "003/005", "rw 5".

use std::fmt;

/// No kelurahan counts more; a larger number is a slip of the finger or a house number.
pub const RT_MAX: u16 = 199;
/// See [`RT_MAX`].
pub const RW_MAX: u16 = 99;

/// At least one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtRw {
    pub rt: Option<u16>,
    pub rw: Option<u16>,
}

/// Why it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RtRwProblem {
    #[error("RT {0} tidak ada: RT 1 sampai {RT_MAX}")]
    Rt(u32),
    #[error("RW {0} tidak ada: RW 1 sampai {RW_MAX}")]
    Rw(u32),
}

/// `03/05`, `03/-`, `-/05`.
impl fmt::Display for RtRw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |number: Option<u16>| number.map_or_else(|| "-".to_owned(), |number| format!("{number:02}"));
        write!(f, "{}/{}", part(self.rt), part(self.rw))
    }
}

fn number(piece: Option<&String>) -> Option<u32> {
    piece.filter(|text| text.len() <= 6).and_then(|text| text.parse().ok())
}

fn of(rt: Option<u32>, rw: Option<u32>) -> Result<RtRw, RtRwProblem> {
    let within = |number: u32, most: u16| u16::try_from(number).ok().filter(|number| (1..=most).contains(number));
    Ok(RtRw {
        rt: rt.map(|rt| within(rt, RT_MAX).ok_or(RtRwProblem::Rt(rt))).transpose()?,
        rw: rw.map(|rw| within(rw, RW_MAX).ok_or(RtRwProblem::Rw(rw))).transpose()?,
    })
}

/// Takes RT and RW out of the pieces of a text.
pub(super) fn take(pieces: &mut Vec<String>) -> Option<Result<RtRw, RtRwProblem>> {
    let is = |at: usize, word: &str| pieces.get(at).is_some_and(|piece| piece == word);
    let at = (0..pieces.len()).find(|&at| {
        let next = if is(at, "rt") && is(at + 1, "rw") { at + 2 } else { at + 1 };
        (is(at, "rt") || is(at, "rw")) && number(pieces.get(next)).is_some()
    })?;
    let (rt, rw, used) = if is(at, "rt") && is(at + 1, "rw") {
        // rt/rw 3/5
        let rw = number(pieces.get(at + 3));
        (number(pieces.get(at + 2)), rw, 3 + usize::from(rw.is_some()))
    } else if is(at, "rt") {
        let rt = number(pieces.get(at + 1));
        if is(at + 2, "rw") && number(pieces.get(at + 3)).is_some() {
            (rt, number(pieces.get(at + 3)), 4)
        } else {
            // rt 3/5
            let rw = number(pieces.get(at + 2));
            (rt, rw, 2 + usize::from(rw.is_some()))
        }
    } else {
        let rw = number(pieces.get(at + 1));
        if is(at + 2, "rt") && number(pieces.get(at + 3)).is_some() {
            (number(pieces.get(at + 3)), rw, 4)
        } else {
            (None, rw, 2)
        }
    };
    pieces.drain(at..at + used);
    Some(of(rt, rw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rt_and_rw_are_taken_out_as_people_write_them() {
        for (text, said, rest) in [
            ("kp baru rt 3 rw 5", "03/05", "kp baru"),
            ("RT.03/RW.05 cipare", "03/05", "cipare"),
            ("rt03/05", "03/05", ""),
            ("rt03rw05 unyur", "03/05", "unyur"),
            ("rt/rw 003/012 kaloran", "03/12", "kaloran"),
            ("rw 5 rt 3", "03/05", ""),
            ("rw 05 lopang", "-/05", "lopang"),
            ("rt 7", "07/-", ""),
            ("rt 0 rw 5", "RT 0 tidak ada: RT 1 sampai 199", ""),
            ("rt 3 rw 512", "RW 512 tidak ada: RW 1 sampai 99", ""),
        ] {
            let mut pieces = super::super::words::pieces(text);
            let found = take(&mut pieces).map(|read| read.map_or_else(|no| no.to_string(), |yes| yes.to_string()));
            assert_eq!((found.as_deref(), pieces.join(" ").as_str()), (Some(said), rest), "{text}");
        }
        for text in ["art 3", "rt", "jl veteran 5", "artha rt"] {
            assert!(take(&mut super::super::words::pieces(text)).is_none(), "{text}");
        }
    }
}
