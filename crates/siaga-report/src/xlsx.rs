//! The XLSX: one sheet per table, numbers as numbers, and a sheet with the definitions.
//!
//! Every text is written as a text, never as a formula or a link, whatever it begins with.

use crate::{
    RenderError,
    paper::{Block, Cell, Kind, Paper, Table, Weight},
};
use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

const COUNT: &str = "#,##0";
/// The stored value is the percentage itself: 48.3, as in JSON and CSV.
const CHANGE: &str = "+0.0\" %\";-0.0\" %\";0.0\" %\"";
const SHARE: &str = "0.0\" %\"";
const DECIMAL: &str = "#,##0.0";
/// Widths in characters.
const TEXT_WIDTH: f64 = 44.0;
const NUMBER_WIDTH: f64 = 18.0;
const RULE_WIDTH: f64 = 100.0;
/// A4, as the number that spreadsheets know it by.
const A4: u8 = 9;
/// Bars that a chart on a sheet shows; more cannot be read.
const BARS_MAX: usize = 30;

struct Formats {
    title: Format,
    head: Format,
    head_number: Format,
    text: Format,
    part: Format,
    wrapped: Format,
    bold: Format,
    note: Format,
    warning: Format,
}

impl Formats {
    fn new() -> Self {
        let ruled = || Format::new().set_border_bottom(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head: ruled().set_bold(),
            head_number: ruled().set_bold().set_align(FormatAlign::Right),
            text: Format::new(),
            part: Format::new().set_indent(1),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            bold: Format::new().set_bold(),
            note: Format::new().set_italic().set_font_color("#595959"),
            warning: Format::new().set_bold().set_font_color("#A3341F"),
        }
    }
}

/// The file's bytes; the same paper gives the same bytes.
///
/// # Errors
/// [`RenderError`]: an error of this program.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, RenderError> {
    written(paper).map_err(|error| RenderError(format!("xlsx: {error}")))
}

fn written(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    let dated = ExcelDateTime::from_timestamp(paper.dated.0.div_euclid(1_000_000))?;
    let author = paper.letterhead.first().cloned().unwrap_or_default();
    book.set_properties(&DocProperties::new().set_title(&paper.title).set_author(author).set_creation_datetime(&dated));
    front(book.add_worksheet(), paper, &formats)?;
    for table in paper.tables() {
        sheet(book.add_worksheet(), table, paper, &formats)?;
    }
    definitions(book.add_worksheet(), paper, &formats)?;
    book.save_to_buffer()
}

fn paper_of(sheet: &mut Worksheet, paper: &Paper) {
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    // "&" begins a code of the footer's own.
    sheet.set_footer(format!("&L&8{}&R&8&P/&N", paper.footer.replace('&', "&&")));
    if let Some(mark) = paper.mark {
        sheet.set_header(format!("&C&B{mark}"));
    }
}

fn front(sheet: &mut Worksheet, paper: &Paper, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Ringkasan")?;
    paper_of(sheet, paper);
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, RULE_WIDTH)?;
    let mut row = 0;
    if let Some(mark) = paper.mark {
        sheet.write_string_with_format(row, 0, mark, &formats.warning)?;
        row += 1;
    }
    for line in &paper.letterhead {
        sheet.write_string_with_format(row, 0, line, &formats.bold)?;
        row += 1;
    }
    sheet.write_string_with_format(row + 1, 0, &paper.title, &formats.title)?;
    sheet.write_string_with_format(row + 2, 0, &paper.subtitle, &formats.bold)?;
    row += 4;
    for block in &paper.blocks {
        if let Block::Paragraph(text) = block {
            sheet.merge_range(row, 0, row, 1, text, &formats.wrapped)?;
            // A merged row does not grow with its text.
            let lines = text.chars().count() / 115 + 1;
            sheet.set_row_height(row, 15.0 * f64::from(u32::try_from(lines).unwrap_or(1)))?;
            row += 1;
        }
    }
    row += 1;
    for (name, value) in &paper.proof {
        sheet.write_string_with_format(row, 0, name, &formats.head)?;
        sheet.write_string_with_format(row, 1, value, &formats.wrapped)?;
        row += 1;
    }
    Ok(())
}

fn sheet(sheet: &mut Worksheet, table: &Table, paper: &Paper, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(&table.name)?;
    paper_of(sheet, paper);
    sheet.write_string_with_format(0, 0, &table.title, &formats.title)?;
    sheet.write_string_with_format(1, 0, &paper.subtitle, &formats.note)?;
    if let Some(mark) = paper.mark {
        sheet.write_string_with_format(2, 0, mark, &formats.warning)?;
    }
    const HEAD: u32 = 3;
    for (at, column) in (0..).zip(&table.columns) {
        let (width, format) = match column.kind {
            Kind::Text => (TEXT_WIDTH, &formats.head),
            Kind::Word => (NUMBER_WIDTH, &formats.head),
            Kind::Number => (NUMBER_WIDTH, &formats.head_number),
        };
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(HEAD, at, &column.head, format)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    let mut row = HEAD + 1;
    for line in &table.rows {
        for (at, cell) in (0..).zip(&line.cells) {
            write(sheet, row, at, cell, line.weight, formats)?;
        }
        row += 1;
    }
    if let Some(note) = &table.note {
        sheet.write_string_with_format(row + 1, 0, note, &formats.note)?;
    }
    let bars = table.rows.iter().filter(|line| line.weight == Weight::Plain).count();
    if let (Some(drawn), 1..=BARS_MAX) = (table.bars, bars) {
        let column = u16::try_from(drawn.now).unwrap_or(1);
        let last = HEAD + u32::try_from(bars).unwrap_or(1);
        let mut chart = Chart::new(ChartType::Bar);
        chart
            .add_series()
            .set_categories((table.name.as_str(), HEAD + 1, 0, last, 0))
            .set_values((table.name.as_str(), HEAD + 1, column, last, column))
            .set_name((table.name.as_str(), HEAD, column));
        chart.title().set_name(&table.title);
        chart.legend().set_hidden();
        // The first row stands on top, as in the table. A bar that does not begin at 0 lies about its length.
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0).set_major_gridlines(false);
        chart.set_width(760).set_height(120 + u32::try_from(bars).unwrap_or(1) * 24);
        sheet.insert_chart(row + 3, 0, &chart)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    weight: Weight,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let weighted = |format: Format| match weight {
        Weight::Total => format.set_bold().set_border_top(FormatBorder::Thin),
        Weight::Plain | Weight::Part => format,
    };
    match cell {
        Cell::Text(text) => {
            let base = if weight == Weight::Part { formats.part.clone() } else { formats.text.clone() };
            sheet.write_string_with_format(row, column, text, &weighted(base))?;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
        Cell::Count(count) => {
            sheet.write_number_with_format(
                row,
                column,
                *count as f64,
                &weighted(Format::new().set_num_format(COUNT)),
            )?;
        }
        Cell::Change(change) => {
            sheet.write_number_with_format(row, column, *change, &weighted(Format::new().set_num_format(CHANGE)))?;
        }
        Cell::Share(share) => {
            // What is printed is what is stored: one decimal.
            let share = crate::words::tenth(*share);
            sheet.write_number_with_format(row, column, share, &weighted(Format::new().set_num_format(SHARE)))?;
        }
        Cell::Decimal(value) => {
            let value = crate::words::tenth(*value);
            sheet.write_number_with_format(row, column, value, &weighted(Format::new().set_num_format(DECIMAL)))?;
        }
        Cell::Missing => {
            let format = weighted(Format::new().set_align(FormatAlign::Right));
            sheet.write_string_with_format(row, column, cell.shown(), &format)?;
        }
    }
    Ok(())
}

fn definitions(sheet: &mut Worksheet, paper: &Paper, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("Definisi")?;
    paper_of(sheet, paper);
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, RULE_WIDTH)?;
    sheet.write_string_with_format(0, 0, "Angka", &formats.head)?;
    sheet.write_string_with_format(0, 1, "Arti", &formats.head)?;
    sheet.set_freeze_panes(1, 0)?;
    for (row, (name, rule)) in (1..).zip(&paper.definitions) {
        sheet.write_string_with_format(row, 0, name, &formats.wrapped)?;
        sheet.write_string_with_format(row, 1, rule, &formats.wrapped)?;
    }
    Ok(())
}
