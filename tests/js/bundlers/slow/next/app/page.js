export default function Page() {
  return <p>Two routes receive webhooks.</p>;
}
