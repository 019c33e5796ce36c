//! What is read, and what else the project has.

use std::collections::{HashMap, HashSet};

use crate::scan::distinctive;
use crate::work;

/// One tool as its server describes it. All texts are hostile.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'a> {
    /// Name by which it is called.
    pub name: &'a str,
    /// Title for people; may be empty.
    pub title: &'a str,
    /// Description for the model.
    pub description: &'a str,
    /// The input schema as JSON text, as it came. May be empty or no JSON at all.
    pub schema: &'a str,
}

/// A tool of some server of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherTool<'a> {
    /// The server that has it, by whatever name tells servers apart.
    pub server: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// All tools of a project, looked up by name and by what a name looks like. Built once, used for every definition.
#[derive(Debug, Default)]
pub struct Neighbours<'a> {
    /// Distinctive names, with the servers that have them.
    by_name: HashMap<&'a str, HashSet<&'a str>>,
    /// What a name looks like, with the names that look so.
    by_look: HashMap<String, Vec<OtherTool<'a>>>,
}

impl<'a> Neighbours<'a> {
    /// Takes in the tools of every server of the project, those of the server to be read included: a name that a
    /// server has itself is nobody else's.
    #[must_use]
    pub fn new(tools: impl IntoIterator<Item = OtherTool<'a>>) -> Self {
        let mut all = Self::default();
        for tool in tools {
            all.by_name.entry(tool.name).or_default().insert(tool.server);
            let alike = all.by_look.entry(look(tool.name)).or_default();
            // Many servers may have `search`; one of each spelling and server is enough.
            if !alike.contains(&tool) && alike.len() < MOST_ALIKE {
                alike.push(tool);
            }
        }
        all
    }
}

impl<'a> Neighbours<'a> {
    /// What surrounds the tools of one server.
    #[must_use]
    pub fn around(&'a self, server: &'a str) -> Surroundings<'a> {
        Surroundings { server, neighbours: self }
    }
}

/// Spellings kept for one look. Only a hostile project has more.
const MOST_ALIKE: usize = 64;

/// What surrounds the definition that is read.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The server the definition belongs to.
    pub server: &'a str,
    /// All tools of the project.
    pub neighbours: &'a Neighbours<'a>,
}

impl Surroundings<'_> {
    /// Whether `word` is the distinctive name of a tool that other servers have and this one does not.
    pub(crate) fn names_another(&self, word: &str) -> bool {
        work::add(word.len());
        distinctive(word)
            && self
                .neighbours
                .by_name
                .get(word)
                .is_some_and(|servers| !servers.contains(self.server) && !servers.is_empty())
    }

    /// Whether `name` looks like the name of another server's tool and is spelt otherwise.
    pub(crate) fn imitates(&self, name: &str) -> bool {
        work::add(name.len());
        self.neighbours.by_look.get(&look(name)).is_some_and(|alike| {
            alike.iter().any(|tool| {
                tool.server != self.server
                    && tool.name != name
                    // Capitals are a matter of taste, not a disguise.
                    && tool.name.to_lowercase() != name.to_lowercase()
            })
        })
    }
}

/// What a name looks like: the same for names that a person cannot tell apart.
fn look(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let visible: String = name.nfkc().filter(|c| !crate::folded::is_unseen(*c)).collect();
    unicode_security::skeleton(&visible).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_shared_by_names_nobody_can_tell_apart() {
        for (a, b) in [
            ("create_іssue", "create_issue"),
            ("list_rep0s", "list_repos"),
            ("post_rnessage", "post_message"),
        ] {
            assert_eq!(look(a), look(b), "{a}");
        }
        assert_ne!(look("list_repos"), look("list_repo"));
    }

    #[test]
    fn a_name_the_server_has_itself_is_nobody_elses() {
        let tools = [("github", "create_issue"), ("linear", "create_issue"), ("github", "list_repos")];
        let neighbours = Neighbours::new(tools.map(|(server, name)| OtherTool { server, name }));
        let linear = neighbours.around("linear");
        assert!(!linear.names_another("create_issue"));
        assert!(linear.names_another("list_repos"));
        assert!(!linear.imitates("create_issue"), "the same plain name is no imitation");
        assert!(linear.imitates("list_rep0s"));
    }
}
