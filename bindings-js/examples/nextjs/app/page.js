export default function Page() {
  return <p>Point the webhook in Twenty to /webhooks/twenty.</p>;
}
