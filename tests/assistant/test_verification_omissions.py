"""What near-quotations leave out or put in: conditions, causes, musts, shares of patients."""

from __future__ import annotations

from assistant.verification import verify

# Evidence, what it does not say, and what it does.
_CASES = (
    (
        "有高黏滞综合征而必须输血时，应采用换血的方式。",
        ("应采用换血的方式。",),
        ("有高黏滞综合征又必须输血时，应采用换血。",),
    ),
    (
        "对糖皮质激素方案有应答的患者，维持阶段单用糖皮质激素是有效的。",
        ("维持阶段单用糖皮质激素是有效的。",),
        ("对糖皮质激素方案有应答的患者，维持阶段单用糖皮质激素有效。",),
    ),
    (
        "接受双特异性抗体的患者IgG<400 mg/dL时，专家组建议考虑免疫球蛋白替代。",
        ("专家组建议考虑免疫球蛋白替代。", "患者IgG<400 mg/dL时，专家组建议考虑免疫球蛋白替代。"),
        ("接受双特异性抗体的患者若IgG<400 mg/dL，专家组建议考虑免疫球蛋白替代。",),
    ),
    (
        "地诺单抗用于肾功能受损的患者，其与双膦酸盐不同，不通过肾脏清除。",
        (),
        ("与双膦酸盐不同，地诺单抗不通过肾脏清除。",),
    ),
    (
        "Serum calcium should be checked and hypocalcemia corrected before denosumab is started.",
        ("Serum calcium should be checked and hypocalcemia corrected.",),
        ("Before denosumab is started, serum calcium should be checked and hypocalcemia corrected.",),
    ),
    (
        "约10%的患者有淀粉样变。",
        ("患者有淀粉样变。",),
        ("约10%的患者有淀粉样变。", "患者可有淀粉样变。"),
    ),
    (
        "贫血与血清白蛋白降低相关。",
        ("贫血导致血清白蛋白降低。", "贫血，因此血清白蛋白降低。"),
        ("血清白蛋白降低与贫血相关。",),
    ),
    (
        "骨髓瘤骨痛可以用放疗缓解。",
        (),
        ("骨髓瘤引起的骨痛可以用放疗缓解。",),
    ),
    (
        "诊断时应测定维生素D的水平。",
        ("诊断时必须测定维生素D的水平。",),
        ("诊断时应该测定维生素D水平。", "诊断时需测定维生素D的水平。"),
    ),
    (
        "有记录的细菌感染必须使用抗生素治疗。",
        (),
        ("有记录的细菌感染应使用抗生素治疗。",),
    ),
    (
        "When renal function allows, patients with osteolytic lesions should receive a bisphosphonate.",
        ("Patients with osteolytic lesions should receive a bisphosphonate whatever their renal function.",),
        ("If renal function allows, patients with osteolytic lesions should receive a bisphosphonate.",),
    ),
    (
        "白蛋白高低不影响ISS III期。",
        ("不论LDH高低，都可以是ISS III期。",),
        ("ISS III期不论白蛋白高低。",),
    ),
    (
        "恶心在伊沙佐米组为26.8%。",
        ("伊沙佐米组约三分之一（26.8%）有恶心。",),
        ("伊沙佐米组约四分之一（26.8%）有恶心。",),
    ),
)  # fmt: skip


def test_what_is_left_out_and_what_is_put_in() -> None:
    shown = [s for evidence, wrong, _ in _CASES for s in wrong if verify(s, [evidence]).supported]
    assert not shown, "\n".join(shown)
    lost = [
        f"{s} {verify(s, [evidence]).problems}"
        for evidence, _, right in _CASES
        for s in right
        if not verify(s, [evidence]).supported
    ]
    assert not lost, "\n".join(lost)
