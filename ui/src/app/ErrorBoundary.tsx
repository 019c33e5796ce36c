import { Component, type ReactNode } from "react";
import { Button } from "../components/Button";
import { Void } from "../components/Void";
import type { Backend } from "../ipc/backend";
import { report } from "./useErrorReports";

/** Catches what a component throws, writes it to the log and says a word instead of a blank window. */
export class ErrorBoundary extends Component<{ backend: Backend; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    report(this.props.backend, error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Void
        icon="warn"
        title="This view stopped working"
        actions={<Button onClick={() => this.setState({ failed: false })}>Show it again</Button>}
      >
        That is a fault of Hedgerow, not of what you did. It is in the log. Nothing was decided or changed by
        it.
      </Void>
    );
  }
}
