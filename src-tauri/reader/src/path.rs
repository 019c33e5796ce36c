//! Names of places in a schema. A place is kept as a link to the place around it: a hostile schema has 100,000 of them,
//! and at most [`MOST_FINDINGS`](crate::MOST_FINDINGS) are ever written out.

/// Bytes of one name that are shown.
const MOST_OF_NAME: usize = 60;

/// Places, each linked to the one around it.
#[derive(Default)]
pub(crate) struct Places {
    known: Vec<(Option<usize>, String)>,
}

impl Places {
    /// A place within another.
    pub(crate) fn add(&mut self, around: Option<usize>, step: &str) -> usize {
        self.known.push((around, step[..step.floor_char_boundary(MOST_OF_NAME)].to_owned()));
        self.known.len() - 1
    }

    /// The place written out from the outermost one.
    pub(crate) fn label(&self, place: usize) -> String {
        let mut steps = Vec::new();
        let mut next = Some(place);
        while let Some((around, step)) = next.and_then(|place| self.known.get(place)) {
            steps.push(step.as_str());
            next = *around;
        }
        steps.into_iter().rev().collect()
    }
}
