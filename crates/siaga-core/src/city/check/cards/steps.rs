//! A card's steps: each a question with digits or lines to read, each way to a step that stands later.

use super::{Check, text};
use crate::card::{
    ANSWER_CHARS_MAX, ANSWERS_MAX, Answer, AnswerRow, CardRow, LINE_CHARS_MAX, LINES_MAX, QUESTION_CHARS_MAX,
    STEPS_MAX, Say, Step, StepRow, Target,
};

/// A step's word for the end of the card; no step may be called so.
const END: &str = "end";

/// What the rows of a card's steps need to be read.
struct Around<'a> {
    /// Keys of all cards.
    cards: &'a [&'a str],
    /// Keys of this card's steps, in their order.
    steps: Vec<String>,
}

/// The steps with their lines.
pub(super) fn read_steps(
    check: &mut Check<'_>,
    place: &str,
    card_line: u32,
    row: &CardRow,
    lines: &[u32],
    cards: &[&str],
) -> (Vec<Step>, Vec<u32>) {
    if row.steps.is_empty() || row.steps.len() > STEPS_MAX {
        let what = format!("{} langkah", row.steps.len());
        check.tell(Some(card_line), format!("{place}.steps"), what, format!("1 sampai {STEPS_MAX} langkah"));
    }
    let key_of = |value: &toml::Value| value.get("key").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let around = Around { cards, steps: row.steps.iter().map(key_of).collect() };
    let line_of = |at: usize| lines.get(at).copied().unwrap_or(card_line);
    let mut steps = Vec::with_capacity(row.steps.len());
    for (at, value) in row.steps.iter().enumerate() {
        let (line, place) = (line_of(at), format!("{place}.steps[{at}]"));
        let say = match value.clone().try_into::<StepRow>() {
            Ok(step) => {
                check.key(Some(line), &format!("{place}.key"), &step.key);
                if step.key == END || around.steps[..at].contains(&step.key) {
                    let what = format!("kunci \"{}\"", step.key);
                    check.tell(
                        Some(line),
                        format!("{place}.key"),
                        what,
                        "kunci sendiri per langkah, dan bukan \"end\"",
                    );
                }
                read_say(check, line, &place, at, &step, &around)
            }
            Err(error) => {
                let expected =
                    "{ key, ask, answers = [{ digit, say, to? | card? }] } atau { key, tell = [...], to? | card? }";
                check.tell(Some(line), place, error.message(), expected);
                Say::Tell { lines: Vec::new(), to: Target::End }
            }
        };
        steps.push(Step { key: around.steps[at].clone(), say });
    }
    (steps, (0..row.steps.len()).map(line_of).collect())
}

fn read_say(check: &mut Check<'_>, line: u32, place: &str, at: usize, step: &StepRow, around: &Around<'_>) -> Say {
    let Some(question) = &step.ask else {
        if step.tell.is_empty() || step.tell.len() > LINES_MAX || !step.answers.is_empty() {
            let expected = format!("ask dengan answers, atau tell dengan 1 sampai {LINES_MAX} baris");
            check.tell(
                Some(line),
                place,
                format!("{} baris, {} jawaban", step.tell.len(), step.answers.len()),
                expected,
            );
        }
        for (nth, one) in step.tell.iter().enumerate() {
            text(check, line, &format!("{place}.tell[{nth}]"), one, LINE_CHARS_MAX);
        }
        let to = target(check, line, place, at, (step.to.as_deref(), step.card.as_deref()), around);
        return Say::Tell { lines: step.tell.clone(), to };
    };
    text(check, line, &format!("{place}.ask"), question, QUESTION_CHARS_MAX);
    if !step.tell.is_empty() || step.to.is_some() || step.card.is_some() {
        check.tell(Some(line), place, "pertanyaan dengan tell, to atau card", "to dan card berdiri pada tiap jawaban");
    }
    if step.answers.is_empty() || step.answers.len() > ANSWERS_MAX {
        let what = format!("{} jawaban", step.answers.len());
        check.tell(Some(line), format!("{place}.answers"), what, format!("1 sampai {ANSWERS_MAX} jawaban"));
    }
    let mut answers: Vec<Answer> = Vec::with_capacity(step.answers.len());
    for (nth, row) in step.answers.iter().enumerate() {
        let place = format!("{place}.answers[{nth}]");
        let digit = digit(check, line, &place, row);
        if answers.iter().any(|other| other.digit == digit) {
            check.tell(
                Some(line),
                format!("{place}.digit"),
                format!("angka {digit} dua kali"),
                "satu jawaban per angka",
            );
        }
        text(check, line, &format!("{place}.say"), &row.say, ANSWER_CHARS_MAX);
        let to = target(check, line, &place, at, (row.to.as_deref(), row.card.as_deref()), around);
        answers.push(Answer { digit, say: row.say.clone(), to });
    }
    Say::Ask { question: question.clone(), answers }
}

fn digit(check: &mut Check<'_>, line: u32, place: &str, row: &AnswerRow) -> u8 {
    match u8::try_from(row.digit) {
        Ok(digit @ 1..=9) => digit,
        _ => {
            check.tell(Some(line), format!("{place}.digit"), row.digit.to_string(), "angka 1 sampai 9; 0 untuk mundur");
            0
        }
    }
}

fn target(
    check: &mut Check<'_>,
    line: u32,
    place: &str,
    at: usize,
    to: (Option<&str>, Option<&str>),
    around: &Around<'_>,
) -> Target {
    match to {
        (None, None) if at + 1 < around.steps.len() => Target::Step(at + 1),
        (None, None) | (Some(END), None) => Target::End,
        (Some(key), None) => match around.steps.iter().position(|one| one == key) {
            Some(next) if next > at => Target::Step(next),
            Some(_) => {
                let what = format!("langkah \"{key}\" berdiri lebih dulu: putaran");
                check.tell(Some(line), format!("{place}.to"), what, "langkah yang berdiri sesudahnya, atau \"end\"");
                Target::End
            }
            None => {
                let what = format!("langkah \"{key}\" tidak ada di kartu ini");
                check.tell(Some(line), format!("{place}.to"), what, "kunci langkah kartu ini, atau \"end\"");
                Target::End
            }
        },
        (None, Some(key)) => {
            let card = around.cards.iter().position(|one| *one == key);
            if card.is_none() {
                check.tell(
                    Some(line),
                    format!("{place}.card"),
                    format!("kartu \"{key}\" tidak ada"),
                    "kunci dari cards",
                );
            }
            card.map_or(Target::End, Target::Card)
        }
        (Some(_), Some(_)) => {
            check.tell(Some(line), place, "to dan card bersama", "salah satu saja");
            Target::End
        }
    }
}
