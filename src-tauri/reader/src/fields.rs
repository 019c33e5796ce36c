//! A definition taken apart into the texts a model reads: its name, title and description, and every name and text of
//! its schema, in the order they come.

mod schema;

use std::borrow::Cow;
use std::ops::Range;

use crate::definition::Definition;
use crate::path::Places;

/// What part a text plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The tool's name.
    Name,
    /// The tool's title.
    Title,
    /// The tool's description, which opens by saying what the tool does.
    Description,
    /// A name in the schema.
    ParameterName,
    /// Any other text of the schema: it describes data, so it has no business giving orders.
    ParameterText,
}

/// One text.
pub(crate) struct Field<'a> {
    pub(crate) role: Role,
    pub(crate) text: Cow<'a, str>,
    place: usize,
}

impl Field<'_> {
    /// Whether it is one word, such as `page_size`, whose parts are words of their own.
    pub(crate) fn is_identifier(&self) -> bool {
        matches!(self.role, Role::Name | Role::ParameterName | Role::ParameterText)
            && !self.text.contains(char::is_whitespace)
            && !self.text.contains(['/', '~', '<', '@', '$'])
    }
}

/// All texts of a definition.
#[derive(Default)]
pub(crate) struct Fields<'a> {
    all: Vec<Field<'a>>,
    places: Places,
}

impl<'a> Fields<'a> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Field<'a>)> {
        self.all.iter().enumerate()
    }

    /// Text of a field.
    pub(crate) fn text(&self, field: usize) -> &str {
        self.all.get(field).map_or("", |field| &field.text)
    }

    /// Part of the text of a field.
    pub(crate) fn slice(&self, field: usize, span: &Range<usize>) -> &str {
        self.text(field).get(span.clone()).unwrap_or("")
    }

    /// Whether texts behind this one were not taken, because there were too many.
    pub(crate) fn is_cut_behind(&self, field: usize) -> bool {
        self.all.len() > schema::MOST_TEXTS && field + 1 == self.all.len()
    }

    /// Where a field is, for people.
    pub(crate) fn label(&self, field: usize) -> String {
        self.all.get(field).map_or_else(String::new, |field| self.places.label(field.place))
    }

    fn add(&mut self, role: Role, text: impl Into<Cow<'a, str>>, place: usize) {
        let text = text.into();
        if !text.is_empty() {
            self.all.push(Field { role, text, place });
        }
    }
}

/// Takes a definition apart.
pub(crate) fn of<'a>(definition: &Definition<'a>) -> Fields<'a> {
    let mut fields = Fields::default();
    for (role, label, text) in [
        (Role::Name, "name", definition.name),
        (Role::Title, "title", definition.title),
        (Role::Description, "description", definition.description),
    ] {
        let place = fields.places.add(None, label);
        fields.add(role, text, place);
    }
    schema::take_apart(definition.schema, &mut fields);
    fields
}

#[cfg(test)]
mod tests;
