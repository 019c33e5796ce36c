//! The reading itself, by a loop over what is still open.

use super::{Document, MAX_DEPTH, Node, NodeId, Object, Unreadable};

pub(super) fn read(text: &str) -> Result<Document<'_>, Unreadable> {
    let mut reader = Reader { text, at: 0, nodes: Vec::new(), lone_surrogate: false };
    let root = reader.document()?;
    Ok(Document { nodes: reader.nodes, root, lone_surrogate: reader.lone_surrogate })
}

/// An array or object that is still open. An object holds the key that waits for its value.
enum Open {
    Array(Vec<NodeId>),
    Object(Vec<(String, NodeId)>, String),
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    nodes: Vec<Node<'a>>,
    lone_surrogate: bool,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<NodeId, Unreadable> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            // A value is due here: either it opens something, or it is complete.
            self.white_space();
            let mut done = match self.peek() {
                Some(b'[' | b'{') if open.len() == MAX_DEPTH => return Err(Unreadable::TooDeep),
                Some(b'[') => {
                    self.at += 1;
                    if !self.take_after_space(b']') {
                        open.push(Open::Array(Vec::new()));
                        continue;
                    }
                    self.push(Node::Array(Vec::new()))
                }
                Some(b'{') => {
                    self.at += 1;
                    if !self.take_after_space(b'}') {
                        let key = self.key()?;
                        open.push(Open::Object(Vec::new(), key));
                        continue;
                    }
                    self.push(Node::Object(Object::default()))
                }
                _ => self.scalar()?,
            };
            // It may be the last one of what is open around it, and so on outwards.
            loop {
                self.white_space();
                let Some(innermost) = open.pop() else {
                    return if self.at == self.text.len() { Ok(done) } else { Err(Unreadable::Invalid) };
                };
                match self.close_or_continue(innermost, done)? {
                    Next::Closed(id) => done = id,
                    Next::More(still) => {
                        open.push(still);
                        break;
                    }
                }
            }
        }
    }

    fn close_or_continue(&mut self, innermost: Open, done: NodeId) -> Result<Next, Unreadable> {
        let separator = self.peek().ok_or(Unreadable::Invalid)?;
        self.at += 1;
        match (innermost, separator) {
            (Open::Array(mut items), b',' | b']') => {
                items.push(done);
                Ok(match separator {
                    b',' => Next::More(Open::Array(items)),
                    _ => Next::Closed(self.push(Node::Array(items))),
                })
            }
            (Open::Object(mut members, key), b',' | b'}') => {
                members.push((key, done));
                Ok(match separator {
                    b',' => {
                        self.white_space();
                        Next::More(Open::Object(members, self.key()?))
                    }
                    _ => Next::Closed(self.push(Node::Object(Object::new(members)))),
                })
            }
            _ => Err(Unreadable::Invalid),
        }
    }

    fn push(&mut self, node: Node<'a>) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn take_after_space(&mut self, byte: u8) -> bool {
        self.white_space();
        self.take(byte)
    }

    fn white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// A key and its colon.
    fn key(&mut self) -> Result<String, Unreadable> {
        let key = self.string()?;
        if self.take_after_space(b':') { Ok(key) } else { Err(Unreadable::Invalid) }
    }

    fn scalar(&mut self) -> Result<NodeId, Unreadable> {
        let node = match self.peek() {
            Some(b'"') => Node::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Node::Number(self.number()?),
            _ => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let words = [("null", Node::Null), ("true", Node::Bool(true)), ("false", Node::Bool(false))];
                let (word, node) =
                    words.into_iter().find(|(w, _)| rest.starts_with(w)).ok_or(Unreadable::Invalid)?;
                self.at += word.len();
                node
            }
        };
        Ok(self.push(node))
    }

    fn number(&mut self) -> Result<&'a str, Unreadable> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'-') {
                self.take(b'+');
            }
            self.digits()?;
        }
        self.text.get(start..self.at).ok_or(Unreadable::Invalid)
    }

    fn digits(&mut self) -> Result<(), Unreadable> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Unreadable::Invalid) }
    }

    fn string(&mut self) -> Result<String, Unreadable> {
        if !self.take(b'"') {
            return Err(Unreadable::Invalid);
        }
        let mut out = String::new();
        loop {
            let start = self.at;
            while matches!(self.peek(), Some(b) if b >= 0x20 && b != b'"' && b != b'\\') {
                self.at += 1;
            }
            out.push_str(self.text.get(start..self.at).ok_or(Unreadable::Invalid)?);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return Err(Unreadable::Invalid),
            }
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Result<char, Unreadable> {
        let letter = self.peek().ok_or(Unreadable::Invalid)?;
        self.at += 1;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(Unreadable::Invalid),
        })
    }

    /// Four hexadecimal digits, and four more where they are the first half of a surrogate pair.
    fn unicode_escape(&mut self) -> Result<char, Unreadable> {
        let first = self.four_hex()?;
        let after_first = self.at;
        if (0xD800..0xDC00).contains(&first) && self.take(b'\\') && self.take(b'u') {
            let second = self.four_hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let pair = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(pair).ok_or(Unreadable::Invalid);
            }
        }
        // Not a pair: what follows is read again on its own.
        self.at = after_first;
        Ok(char::from_u32(first).unwrap_or_else(|| {
            self.lone_surrogate = true;
            char::REPLACEMENT_CHARACTER
        }))
    }

    fn four_hex(&mut self) -> Result<u32, Unreadable> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Unreadable::Invalid)?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or(Unreadable::Invalid)?;
        }
        self.at += 4;
        Ok(value)
    }
}

enum Next {
    Closed(NodeId),
    More(Open),
}
