import { useState } from "react";
import { Button } from "../../components/Button";
import { Note } from "../../components/Note";
import { remember, remembered } from "../../memory";
import { lending } from "../../manageWords";

/** What connecting also means, said before the first connection and until it has been read. */
export function LendingNote() {
  const [told, setTold] = useState(() => remembered("lending-told"));
  if (told) return null;
  return (
    <Note
      actions={
        <Button
          onClick={() => {
            remember("lending-told");
            setTold(true);
          }}
        >
          Understood
        </Button>
      }
    >
      {lending}
    </Note>
  );
}
