//! The DOCX: the paper for an office that still has to add a sentence.

use crate::{
    RenderError,
    paper::{Block, Cell, Kind, Paper, Row, Table, Weight},
};
use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, Header, HeightRule, LineSpacing, NumPages, PageMargin, PageNum, Paragraph,
    Run, RunFonts, Shading, ShdType, Style, StyleType, Table as DocxTable, TableBorder, TableBorderPosition,
    TableBorders, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};
use std::io::Cursor;

/// Rows of one table; the whole is in the XLSX.
pub const ROWS_MAX: usize = 500;
/// A4 and its margins, twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_134;
/// Between the margins.
const WIDTH: usize = 9_638;
/// Of a column with numbers.
const NUMBER_WIDTH: usize = 1_500;
/// Beyond so many of them a table takes smaller letters and leaves its names less room: its heads stay whole words.
const NUMBERS_WIDE: usize = 6;
const FONT: &str = "Noto Sans";
/// Half points.
const SIZE: usize = 20;
/// The library knows no `w:tblHeader` (ECMA-376 part 1, 17.4.78: a row that each page repeats). So a head row asks for a
/// height of [`HEAD_HEIGHT`], as no other row does, and that mark is replaced. No text is taken for it: a text has no `<`.
const HEAD_MARK: &str = r#"<w:trHeight w:val="1" w:hRule="atLeast" />"#;
const HEAD_HEIGHT: f32 = 1.0;
const REPEATED: &str = "<w:tblHeader />";

/// The file's bytes; the same paper gives the same bytes.
///
/// # Errors
/// [`RenderError`]: an error of this program.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, RenderError> {
    let failed = |error: &dyn std::fmt::Display| RenderError(format!("docx: {error}"));
    let mut parts = document(paper).build();
    let body = String::from_utf8(parts.document).map_err(|error| failed(&error))?;
    parts.document = body.replace(HEAD_MARK, REPEATED).into_bytes();
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| failed(&error))?;
    Ok(bytes.into_inner())
}

fn document(paper: &Paper) -> Docx {
    let date = jiff::Timestamp::from_microsecond(paper.dated.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let margin =
        PageMargin { top: MARGIN, left: MARGIN, bottom: MARGIN, right: MARGIN, header: 567, footer: 567, gutter: 0 };
    let mut docx = styled(Docx::new())
        .created_at(&date)
        .updated_at(&date)
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT))
        .default_size(SIZE)
        .footer(footer(paper));
    if let Some(mark) = paper.mark {
        docx = docx.header(Header::new().add_paragraph(text(mark).style("Contoh")));
    }
    docx = docx.add_table(letterhead(&paper.letterhead));
    docx = docx.add_paragraph(text(&paper.title).style("Title"));
    docx = docx.add_paragraph(text(&paper.subtitle).style("Subtitle"));
    for block in &paper.blocks {
        match block {
            Block::Signature => docx = signature(docx, paper),
            Block::Paragraph(sentence) => docx = docx.add_paragraph(text(sentence).align(AlignmentType::Both)),
            Block::Table(one) => {
                docx = docx.add_paragraph(text(&one.title).style("Heading1").keep_next(true));
                docx = docx.add_table(table(one));
                docx = docx.add_paragraph(text(&note(one)).style("Catatan"));
            }
        }
    }
    docx = docx.add_paragraph(text("Dasar angka").style("Heading1").keep_next(true));
    docx = docx.add_table(pairs(&paper.proof, "Kode"));
    docx = docx.add_paragraph(text("Arti angka").style("Heading1").keep_next(true));
    docx.add_table(pairs(&paper.definitions, "Kecil")).add_paragraph(Paragraph::new())
}

fn signature(docx: Docx, paper: &Paper) -> Docx {
    let docx = docx.add_paragraph(text("Pengesahan").style("Heading1").keep_next(true));
    [paper.signed_at.as_str(), "", "", ""]
        .into_iter()
        .fold(docx, |docx, line| docx.add_paragraph(text(line).keep_next(true)))
        .add_paragraph(text("(nama, jabatan) ................................................"))
}

/// The lines over a rule.
fn letterhead(lines: &[String]) -> DocxTable {
    let cell = (0..).zip(lines).fold(TableCell::new().width(WIDTH, WidthType::Dxa), |cell, (at, line)| {
        cell.add_paragraph(text(line).style(if at == 0 { "KopBesar" } else { "Kop" }))
    });
    let rule = TableBorder::new(TableBorderPosition::Bottom).border_type(BorderType::Single).size(18).color("1F2A30");
    DocxTable::new(vec![TableRow::new(vec![cell])])
        .width(WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(0, 80, 100, 80))
        .set_grid(vec![WIDTH])
        .set_borders(TableBorders::with_empty().set(rule))
}

/// Every style that a paragraph names: one that is not defined here would silently look like plain text.
fn styled(docx: Docx) -> Docx {
    let paragraph = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name);
    let space = |before: u32, after: u32| LineSpacing::new().before(before).after(after);
    docx.add_style(paragraph("Normal", "Normal").line_spacing(space(0, 120)))
        .add_style(
            paragraph("KopBesar", "Kop besar").bold().size(28).align(AlignmentType::Center).line_spacing(space(0, 0)),
        )
        .add_style(paragraph("Contoh", "Contoh").bold().size(20).color("A3341F").align(AlignmentType::Center))
        .add_style(paragraph("Kop", "Kop").size(22).align(AlignmentType::Center).line_spacing(space(0, 0)))
        .add_style(
            paragraph("Title", "Title").bold().size(30).align(AlignmentType::Center).line_spacing(space(280, 40)),
        )
        .add_style(paragraph("Subtitle", "Subtitle").size(24).align(AlignmentType::Center).line_spacing(space(0, 280)))
        .add_style(paragraph("Heading1", "heading 1").bold().size(22).outline_lvl(0).line_spacing(space(280, 100)))
        .add_style(paragraph("Sel", "Sel").size(18).line_spacing(space(20, 20)))
        .add_style(paragraph("SelKecil", "Sel kecil").size(14).line_spacing(space(20, 20)))
        .add_style(paragraph("Catatan", "Catatan").italic().size(17).color("595959").line_spacing(space(60, 60)))
        .add_style(paragraph("Kecil", "Kecil").size(17).line_spacing(space(10, 10)))
        .add_style(paragraph("Kode", "Kode").size(15).line_spacing(space(10, 10)))
        .add_style(paragraph("Kaki", "Kaki").size(15).color("595959"))
}

fn text(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

fn footer(paper: &Paper) -> Footer {
    let line = text(&format!("{} · halaman ", paper.footer))
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(" dari "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(line.style("Kaki").align(AlignmentType::Center))
}

fn note(table: &Table) -> String {
    let mut note = table.note.clone().unwrap_or_default();
    if table.rows.len() > ROWS_MAX {
        note = format!("{} baris pertama dari {}; selengkapnya di XLSX. {note}", ROWS_MAX, table.rows.len());
    }
    note
}

fn table(table: &Table) -> DocxTable {
    let numbers = table.columns.iter().filter(|one| one.kind != Kind::Text).count();
    let texts = (table.columns.len() - numbers).max(1);
    let is_wide = numbers > NUMBERS_WIDE;
    let most = if is_wide { WIDTH * 6 / 7 } else { WIDTH * 3 / 5 };
    let text_width = (WIDTH - (numbers * NUMBER_WIDTH).min(most)) / texts;
    let style = if is_wide { "SelKecil" } else { "Sel" };
    let number_width = (WIDTH - text_width * texts) / numbers.max(1);
    let widths: Vec<usize> =
        table.columns.iter().map(|one| if one.kind == Kind::Text { text_width } else { number_width }).collect();
    let head = table.columns.iter().zip(&widths).map(|(column, width)| {
        let run = Run::new().add_text(&column.head).bold();
        cell(Paragraph::new().add_run(run), style, column.kind, *width)
            .shading(Shading::new().shd_type(ShdType::Clear).fill("E7ECEF"))
    });
    let mut rows =
        vec![TableRow::new(head.collect()).cant_split().row_height(HEAD_HEIGHT).height_rule(HeightRule::AtLeast)];
    for row in table.rows.iter().take(ROWS_MAX) {
        rows.push(line(row, table, style, &widths));
    }
    ruled(rows).set_grid(widths)
}

fn line(row: &Row, table: &Table, style: &str, widths: &[usize]) -> TableRow {
    let cells = row.cells.iter().zip(&table.columns).zip(widths).map(|((value, column), width)| {
        let mut shown = value.shown();
        if row.weight == Weight::Part && matches!(value, Cell::Text(_)) {
            shown = format!("    {shown}");
        }
        let run = Run::new().add_text(shown);
        let run = if row.weight == Weight::Total { run.bold() } else { run };
        cell(Paragraph::new().add_run(run), style, column.kind, *width)
    });
    TableRow::new(cells.collect()).cant_split()
}

fn cell(paragraph: Paragraph, style: &str, kind: Kind, width: usize) -> TableCell {
    let paragraph = match kind {
        Kind::Number => paragraph.align(AlignmentType::Right),
        Kind::Text | Kind::Word => paragraph,
    };
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph.style(style))
}

fn pairs(pairs: &[(String, String)], style: &str) -> DocxTable {
    const NAME_WIDTH: usize = 2_700;
    let rows = pairs.iter().map(|(name, value)| {
        let name = Paragraph::new().add_run(Run::new().add_text(name).bold()).style("Kecil");
        TableRow::new(vec![
            TableCell::new().width(NAME_WIDTH, WidthType::Dxa).add_paragraph(name),
            TableCell::new().width(WIDTH - NAME_WIDTH, WidthType::Dxa).add_paragraph(text(value).style(style)),
        ])
        .cant_split()
    });
    ruled(rows.collect()).set_grid(vec![NAME_WIDTH, WIDTH - NAME_WIDTH])
}

/// Lines between the rows only.
fn ruled(rows: Vec<TableRow>) -> DocxTable {
    let rule = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color("A6B0B5");
    let borders = [TableBorderPosition::Top, TableBorderPosition::Bottom, TableBorderPosition::InsideH]
        .into_iter()
        .fold(TableBorders::with_empty(), |borders, position| borders.set(rule(position)));
    DocxTable::new(rows)
        .width(WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(30, 80, 30, 80))
        .set_borders(borders)
}
