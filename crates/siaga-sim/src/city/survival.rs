//! Waiting times in which some people gave up: who left after 4 s says that the wait was longer than 4 s and no more
//! (Kaplan and Meier's estimator). Leaving them out would make a slow desk look fast.

/// One wait in seconds, up to a human or up to giving up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    pub s: f64,
    pub answered: bool,
}

impl Wait {
    #[must_use]
    pub fn answered(s: f64) -> Self {
        Self { s, answered: true }
    }

    #[must_use]
    pub fn gone(s: f64) -> Self {
        Self { s, answered: false }
    }
}

fn sort(waits: &mut [Wait]) {
    // Answered and gone in the same instant: the answer counts first.
    waits.sort_by(|a, b| a.s.total_cmp(&b.s).then(b.answered.cmp(&a.answered)));
}

/// The time within which this share was answered; `None`: so many gave up that nobody can say.
pub fn percentile(waits: &mut [Wait], rank: f64) -> Option<f64> {
    sort(waits);
    let mut still = 1.0;
    for (index, wait) in waits.iter().enumerate() {
        if wait.answered {
            still *= 1.0 - 1.0 / (waits.len() - index) as f64;
            if still <= 1.0 - rank + 1e-12 {
                return Some(wait.s);
            }
        }
    }
    None
}

/// The share answered within a time.
pub fn within(waits: &mut [Wait], s: f64) -> Option<f64> {
    sort(waits);
    let mut still = 1.0;
    for (index, _) in waits.iter().enumerate().filter(|(_, wait)| wait.answered && wait.s <= s) {
        still *= 1.0 - 1.0 / (waits.len() - index) as f64;
    }
    (!waits.is_empty()).then_some(1.0 - still)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gave_up_is_counted_and_not_guessed() {
        let mut plain: Vec<Wait> = (1..=10).map(|s| Wait::answered(f64::from(s))).collect();
        assert_eq!((percentile(&mut plain, 0.5), percentile(&mut plain, 0.9)), (Some(5.0), Some(9.0)));
        // Kaplan-Meier by hand: 1 answered of 4 (3/4 left), 2 gave up, then 1 of 2 answered (3/8 left), 4 gave up.
        let mut some = vec![Wait::gone(4.0), Wait::answered(3.0), Wait::gone(2.0), Wait::answered(1.0)];
        assert_eq!(percentile(&mut some, 0.25), Some(1.0));
        assert_eq!(percentile(&mut some, 0.625), Some(3.0));
        assert_eq!(percentile(&mut some, 0.9), None, "nobody can say");
        assert_eq!(within(&mut some, 3.0), Some(0.625));
        assert_eq!(within(&mut [], 3.0), None);
    }
}
