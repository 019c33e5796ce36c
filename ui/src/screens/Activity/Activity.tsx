import { Head, Screen } from "../../components/Screen";

export function Activity(_: { onSignIn: () => void }) {
  return (
    <Screen title="Activity">
      <Head title="Activity" />
    </Screen>
  );
}
