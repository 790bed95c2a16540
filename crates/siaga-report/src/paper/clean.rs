//! Takes out what no document may carry: control characters (no XML has them) and marks that turn the direction of
//! writing, with which a name could show a number it is not.

use super::{Block, Cell, Paper};
use siaga_core::text::turns;

pub(super) fn clean(paper: &mut Paper) {
    let Paper { mark: _, letterhead, title, subtitle, blocks, signed_at, proof, definitions, footer, dated: _ } = paper;
    letterhead.iter_mut().for_each(text);
    [title, subtitle, signed_at, footer].into_iter().for_each(text);
    for (name, value) in proof.iter_mut().chain(definitions) {
        text(name);
        text(value);
    }
    for block in blocks {
        match block {
            Block::Signature => {}
            Block::Paragraph(words) => text(words),
            Block::Table(table) => {
                text(&mut table.title);
                table.note.iter_mut().for_each(text);
                table.columns.iter_mut().for_each(|column| text(&mut column.head));
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    if let Cell::Text(words) = cell {
                        text(words);
                    }
                }
            }
        }
    }
}

fn text(text: &mut String) {
    if text.contains(|c: char| c.is_control() || turns(c)) {
        *text = text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    }
}
