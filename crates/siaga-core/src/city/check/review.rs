//! What a drawn call is looked at for: the city's own items, or the usual ones where it wrote none.

use super::{Check, Lined, Row};
use crate::review::form::{ITEMS_MAX, LABEL_CHARS_MAX, ReviewForm, ReviewItem};

pub(super) fn check_review(check: &mut Check<'_>, rows: Vec<Row>) -> ReviewForm {
    if rows.is_empty() {
        return ReviewForm::usual();
    }
    if rows.len() > ITEMS_MAX {
        let what = format!("{} butir", rows.len());
        check.tell(None, "review_items", what, format!("paling banyak {ITEMS_MAX} butir"));
    }
    let items: Lined<ReviewItem> = check.rows("review_items", rows, "key dan label");
    for (index, (line, item)) in items.iter().enumerate() {
        let place = format!("review_items[{index}]");
        check.key(Some(*line), &format!("{place}.key"), &item.key);
        if !(1..=LABEL_CHARS_MAX).contains(&item.label.trim().chars().count()) {
            let expected = format!("1 sampai {LABEL_CHARS_MAX} huruf");
            check.tell(Some(*line), format!("{place}.label"), "kosong atau terlalu panjang", expected);
        }
        if items[..index].iter().any(|(_, other)| other.key == item.key) {
            check.tell(
                Some(*line),
                format!("{place}.key"),
                format!("\"{}\" dua kali", item.key),
                "kunci yang berbeda-beda",
            );
        }
    }
    ReviewForm::new(items.into_iter().map(|(_, item)| item).collect())
}

#[cfg(test)]
mod tests {
    use crate::{
        city::{City, SERANG_TOML, serang},
        review::form::ReviewForm,
    };

    #[test]
    fn a_city_writes_its_own_items_or_has_the_usual_ones() {
        assert_eq!(serang().review_form, ReviewForm::usual());
        let with = |items: &str| City::from_toml(&format!("{SERANG_TOML}\n{items}"));
        let own = with("[[review_items]]\nkey = \"place\"\nlabel = \"Tempat dibacakan ulang\"\n").unwrap();
        assert_eq!(own.review_form.items.len(), 1);
        assert_ne!(own.review_form.version, ReviewForm::usual().version);
        let twice =
            "[[review_items]]\nkey = \"Place\"\nlabel = \"\"\n[[review_items]]\nkey = \"Place\"\nlabel = \"x\"\n";
        let problems = with(twice).unwrap_err();
        let places: Vec<&str> = problems.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(
            places,
            ["review_items[0].key", "review_items[0].label", "review_items[1].key", "review_items[1].key"]
        );
    }
}
