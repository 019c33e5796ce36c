//! Activity as a file: JSON for programs, CSV (RFC 4180) for spreadsheets. Rows go from the ledger to the disk as they
//! come.

use std::io::{self, Write};

use serde::Serialize;
use tokio_stream::StreamExt;

use super::place::NewFile;
use super::{FileProject, not_written, write_head};
use crate::activity::Names;
use crate::project::Project;
use crate::store::StoredLine;
use crate::text::visible_line;
use crate::view::{ActivityKind, ActivityRow, CommandError};

/// Version of the JSON form.
const VERSION: u32 = 1;
const ADDRESS: usize = 2_048;
const COLUMNS: [&str; 11] =
    ["at", "what", "server", "address", "tool", "before", "asked", "answered", "result", "words", "batch"];

/// A line of the JSON form.
#[derive(Serialize)]
struct JsonLine<'a> {
    at: &'a str,
    what: ActivityKind,
    server: &'a str,
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    before: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    asked: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    answered: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    result: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    words: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<i64>,
}

impl Project {
    /// Writes all of Activity as one JSON object, newest first, a line a row.
    pub(super) async fn write_lines(
        &self,
        file: &mut NewFile,
        about: &FileProject,
    ) -> Result<u32, CommandError> {
        let head = |out: &mut Vec<u8>| {
            write_head(out, "activity", VERSION, about)?;
            write!(out, ",\n  \"lines\": [")
        };
        file.add(head).await.map_err(not_written)?;
        let count = self
            .each_line(file, |out, line, row, nth| {
                out.write_all(if nth == 0 { b"\n    " } else { b",\n    " })?;
                Ok(serde_json::to_writer(out, &json_line(line, row))?)
            })
            .await?;
        file.add(|out| out.write_all(b"\n  ]\n}\n")).await.map_err(not_written)?;
        Ok(count)
    }

    /// Writes all of Activity as a table, newest first.
    pub(super) async fn write_table(&self, file: &mut NewFile) -> Result<u32, CommandError> {
        file.add(|out| record(out, COLUMNS.map(str::to_owned))).await.map_err(not_written)?;
        self.each_line(file, |out, line, row, _| record(out, cells(line, row)?)).await
    }

    async fn each_line(
        &self,
        file: &mut NewFile,
        write: impl Fn(&mut Vec<u8>, &StoredLine, &ActivityRow, u32) -> io::Result<()>,
    ) -> Result<u32, CommandError> {
        let servers = self.cache.servers().await?;
        let names = Names::new(&servers);
        let mut lines = self.ledger.every_line(&self.scope);
        let mut count = 0;
        while let Some(line) = lines.try_next().await? {
            let row = names.row(&line);
            file.add(|out| write(out, &line, &row, count)).await.map_err(not_written)?;
            count += 1;
        }
        Ok(count)
    }
}

fn json_line<'a>(line: &'a StoredLine, row: &'a ActivityRow) -> JsonLine<'a> {
    JsonLine {
        at: &row.at,
        what: row.what,
        server: &row.server_name,
        address: &line.server_url,
        tool: row.tool.as_deref(),
        before: &row.before,
        asked: &row.asked,
        answered: &row.answered,
        result: &row.result,
        words: &row.words,
        batch: row.batch,
    }
}

fn cells(line: &StoredLine, row: &ActivityRow) -> io::Result<[String; 11]> {
    let what = serde_json::to_value(row.what)?;
    Ok([
        row.at.clone(),
        what.as_str().unwrap_or_default().to_owned(),
        row.server_name.clone(),
        visible_line(&line.server_url, ADDRESS),
        row.label.clone(),
        row.before.clone(),
        row.asked.clone(),
        row.answered.clone(),
        row.result.clone(),
        row.words.clone(),
        row.batch.map(|batch| batch.to_string()).unwrap_or_default(),
    ])
}

fn record(out: &mut Vec<u8>, cells: [String; 11]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(cells.map(harmless))?;
    writer.flush()
}

/// A spreadsheet takes a cell that begins like this for a formula and runs it: an apostrophe makes it text.
fn harmless(cell: String) -> String {
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let runs = cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(formula);
    if runs { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=HYPERLINK(\"x\")"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        for cell in ["list_issues", "", "a=b", "2026-11-25T12:00:00Z", "'=1"] {
            assert_eq!(harmless(cell.to_owned()), cell);
        }
    }

    #[test]
    fn a_row_is_read_back_as_it_was_whatever_it_holds() {
        let mut cells: [String; 11] = std::array::from_fn(|nth| nth.to_string());
        cells[4] = "a \"tool\", with\r\nlines".to_owned();
        let mut out = Vec::new();
        record(&mut out, cells.clone()).unwrap();
        assert!(out.ends_with(b"\r\n"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1);
        assert!(rows[0].iter().eq(cells.iter()));
    }
}
