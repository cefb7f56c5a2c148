//! Every type of field in every language, and a description of the standard objects that holds together.

use std::collections::BTreeSet;

use twenty_webhook_schema::{Field, FieldType, Object, Workspace, python, rust, standard, typescript};

/// A field of each type, none with a doc but the first.
fn workspace() -> Workspace {
    let options = || vec!["SUB_ORBITAL".to_owned(), "ORBITAL".to_owned()];
    let fields = [
        Field::new("serialNumber", FieldType::Uuid).not_null().doc("Engraved."),
        Field::new("motto", FieldType::Text),
        Field::new("builtOn", FieldType::Date),
        Field::new("isReusable", FieldType::Boolean),
        Field::new("stageCount", FieldType::Number),
        Field::new("thrust", FieldType::Numeric),
        Field::new("type", FieldType::Select(options())),
        Field::new("orbits", FieldType::MultiSelect(options())),
        Field::new("tags", FieldType::Texts),
        Field::new("plan", FieldType::Json),
        Field::new("pad", FieldType::Composite("launchPad".into())),
        Field::new("formerPads", FieldType::Composites("launchPad".into())),
        Field::relation("company", "company"),
        Field::relation("builder", "workspaceMember"),
    ];
    let payload = Field::morph_relation("payload", &["satellite", "opportunity"]);
    Workspace {
        any_record: vec![Field::new("id", FieldType::Uuid).not_null()],
        objects: vec![Object::new("spaceRocket", "A rocket.", fields.into_iter().chain(payload))],
        composites: vec![Object::new("launchPad", "A pad.", [Field::new("site", FieldType::Text)])],
    }
}

/// What stands between two texts, each there once.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let mut after = text.split(start).skip(1);
    let rest = after.next().unwrap_or_default();
    assert!(after.next().is_none(), "{start} stands twice in {text}");
    rest.split(end).next().unwrap_or_default()
}

#[test]
fn rust_has_structs() {
    let records = rust::records(&workspace());
    let fields = between(&records, "pub struct SpaceRocket {\n", "}\n");
    let fields: Vec<_> = fields.lines().filter(|line| !line.contains("///")).map(str::trim).collect();
    assert_eq!(
        fields,
        [
            "pub id: Option<String>,",
            "pub serial_number: Option<String>,",
            "pub motto: Option<String>,",
            "pub built_on: Option<String>,",
            "pub is_reusable: Option<bool>,",
            "pub stage_count: Option<f64>,",
            "pub thrust: Option<NumberAsSent>,",
            "pub r#type: Option<String>,",
            "pub orbits: Option<Vec<String>>,",
            "pub tags: Option<Vec<String>>,",
            "pub plan: Option<Value>,",
            "pub pad: Option<LaunchPad>,",
            "pub former_pads: Option<Vec<LaunchPad>>,",
            "pub company_id: Option<String>,",
            "pub builder_id: Option<String>,",
            "pub payload_satellite_id: Option<String>,",
            "pub payload_opportunity_id: Option<String>,",
            "#[serde(flatten)]",
            "pub custom: Map<String, Value>,",
        ]
    );
    for line in [
        "    /// Engraved.\n    pub serial_number",
        "    /// Built on.\n    pub built_on",
        "    /// Known so far: `SUB_ORBITAL`, `ORBITAL`.\n    pub r#type",
        "    /// The id of the builder, a workspace member.\n    pub builder_id",
        "    /// The id of the payload, if it is an opportunity.\n    pub payload_opportunity_id",
        "/// A rocket.\n#[derive(Clone, Default, PartialEq, Deserialize)]\n",
        "let mut shown = f.debug_struct(\"SpaceRocket\");\n        shown.field(\"id\", &self.id).finish_non_exhaustive()\n",
        "let mut shown = f.debug_struct(\"LaunchPad\");\n        shown.finish_non_exhaustive()\n",
    ] {
        assert_eq!(records.matches(line).count(), 1, "{line}");
    }
}

#[test]
fn typescript_has_interfaces() {
    let records = typescript::records(&workspace());
    let fields = between(&records, "export interface SpaceRocket extends StandardRecord {\n", "}\n\n");
    assert_eq!(
        fields,
        r#"  /** Engraved. */
  serialNumber?: string;
  motto?: string | null;
  builtOn?: string | null;
  isReusable?: boolean | null;
  stageCount?: number | null;
  thrust?: number | string | null;
  type?: "SUB_ORBITAL" | "ORBITAL" | (string & {}) | null;
  orbits?: ("SUB_ORBITAL" | "ORBITAL" | (string & {}))[] | null;
  tags?: string[] | null;
  plan?: unknown;
  pad?: LaunchPad | null;
  formerPads?: LaunchPad[] | null;
  companyId?: string | null;
  /** The id of the builder, a workspace member. */
  builderId?: string | null;
  /** The id of the payload, if it is a satellite. */
  payloadSatelliteId?: string | null;
  /** The id of the payload, if it is an opportunity. */
  payloadOpportunityId?: string | null;
"#
    );
    assert_eq!(between(&records, "export interface StandardRecords {\n", "}\n"), "  spaceRocket: SpaceRocket;\n");
    assert_eq!(
        between(&records, "export interface StandardRecord {\n", "}\n"),
        "  id: string;\n  [customField: string]: unknown;\n"
    );
    assert!(
        records.ends_with("/** A pad. */\nexport interface LaunchPad {\n  site?: string | null;\n}\n"),
        "{records}"
    );
}

#[test]
fn python_has_typed_dicts() {
    let records = python::records(&workspace());
    assert_eq!(
        between(&records, "class SpaceRocket(AnyRecord, total=False):\n", "\n\n\n"),
        r#"    """A rocket."""

    serialNumber: str
    """Engraved."""
    motto: str | None
    builtOn: str | None
    isReusable: bool | None
    stageCount: int | float | None
    thrust: int | float | str | None
    type: str | None
    """Known so far: `SUB_ORBITAL`, `ORBITAL`."""
    orbits: list[str] | None
    """Known so far: `SUB_ORBITAL`, `ORBITAL`."""
    tags: list[str] | None
    plan: Any
    pad: LaunchPad | None
    formerPads: list[LaunchPad] | None
    companyId: str | None
    builderId: str | None
    """The id of the builder, a workspace member."""
    payloadSatelliteId: str | None
    """The id of the payload, if it is a satellite."""
    payloadOpportunityId: str | None
    """The id of the payload, if it is an opportunity."""
"#
    );
    let pad = "class LaunchPad(TypedDict, total=False):\n    \"\"\"A pad.\"\"\"\n\n    site: str | None\n";
    assert_eq!(records.matches(pad).count(), 1, "{records}");
}

#[test]
fn the_standard_objects_hold_together() {
    let Workspace { any_record, objects, composites } = standard();
    let names: Vec<_> = objects.iter().map(|object| object.name.as_str()).collect();
    assert_eq!(names, ["person", "company", "opportunity", "task", "note", "attachment", "workspaceMember"]);
    let types: Vec<_> = objects.iter().chain(&composites).map(|object| &object.name).collect();
    assert_eq!(types.iter().collect::<BTreeSet<_>>().len(), types.len(), "two types have one name: {types:?}");
    let mut used = BTreeSet::new();
    for Object { name, fields, .. } in objects.iter().chain(&composites) {
        let keys: Vec<_> = any_record.iter().chain(fields).map(|field| &field.name).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{name} has a key twice: {keys:?}");
        for field in fields {
            if let FieldType::Composite(composite) | FieldType::Composites(composite) = &field.kind {
                used.insert(composite);
            }
        }
    }
    assert_eq!(used, composites.iter().map(|composite| &composite.name).collect());
}
