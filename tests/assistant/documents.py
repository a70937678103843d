"""A small handbook of our own, with everything that an answer has to cope with."""

from __future__ import annotations

HANDBOOK = """---
title: 骨髓瘤小手册
url: https://example.org/handbook
reviewed: 2031-05
---

# 骨髓瘤小手册

## 概述

确诊时的中位年龄为69岁。男性发病略多于女性。

## 诊断

骨髓活检至少要取到1.5 cm的组织条。它还用于做荧光原位杂交。

出现下列任何一项即应在两周内转诊：

- 不明原因的骨痛超过4周
- 血红蛋白 < 100 g/L
- 血肌酐 > 177 μmol/L (1)
- 泡沫尿

表：修订版国际分期的界值

| 分期 | 血清指标 | 其他 |
| --- | --- | --- |
| I | β2微球蛋白 < 3.5 mg/L，白蛋白 ≥ 35 g/L | 乳酸脱氢酶正常† |
| II | 不属于另外两期 | 不限 |
| III | β2微球蛋白 ≥ 5.5 mg/L | 乳酸脱氢酶升高‡ |
| † 以当地实验室的正常上限为准。 |
| ‡ 或荧光原位杂交见高危异常。 |

表：轻链的损坏抄件

| 时点 | 界值 |
| --- | --- |
| 首诊 | 游离轻链<3.5mcg>< 297=""> |
| 复查 | 游离轻链≥5.5 mcg/mL (≥ 466 nmol/L) |

## 治疗

### 蛋白酶体抑制剂

硼替佐米是蛋白酶体抑制剂，皮下注射，周围神经病变较静脉给药少见 (2)。它不经肾脏排泄，透析患者无需减量。

卡非佐米可致心力衰竭，65岁以上者尤须留意。

### 抗体

达雷妥尤单抗靶向CD38，会干扰交叉配血，首次输注之前必须先查血型 (1,2)。

## 并发症

**贫血** 化疗起效后多能好转。促红素仅用于血红蛋白 < 100 g/L 的患者，不用于铁缺乏未纠正者。

**高钙血症** 先补液，再静脉用唑来膦酸。患者应避免含钙食物，直到血钙恢复正常。

**骨病** 血钙不高者可以补充维生素D。颌骨坏死罕见，拔牙前须停用双膦酸盐。

**感染** 正在接受硼替佐米者可用阿昔洛韦或缬更昔洛韦预防性使用，以防带状疱疹。活疫苗不得接种。

**恶心** 有持续输注反应无关的恶心时先查血钠。

## 要点

骨髓活检至少取1.5 cm的组织条。

## 编辑备注 \\*草稿\\*

剂型栏写作 `片` 与 \\*粗体\\* 和 \\[链接\\](javascript:alert) 以及 \\<script\\>，范围写成 18~24 与 30~36。

### 参考文献

1. [Person A, et al](https://pubmed.ncbi.nlm.nih.gov/11111111/). Referral. *J Test* 2030;1:1. doi:10.1000/one
2. [Person B](https://pubmed.ncbi.nlm.nih.gov/22222222/). Antibodies in practice. 2031.
"""

DOSES = """# 剂量手册

## 来那度胺

表：来那度胺的起始剂量

| 阶段 | 剂量 |
| --- | --- |
| 肾功能正常 |  |
| 诱导 | 每日25 mg |
| 维持 | 每日10 mg |
| 重度肾功能不全 |  |
| 诱导期间 | 隔日15 mg |
| 透析 | 每日5 mg |

## 双膦酸盐

唑来膦酸按肾功能给药：

- 肌酐清除率高于60 mL/min者：
  - 唑来膦酸每次4 mg
  - 输注至少15分钟
- 重度肾衰竭者：
  - 唑来膦酸不再使用
- 每月查一次肌酐
"""

RADIOTHERAPY = """---
title: Notes on radiotherapy
---

# Notes on radiotherapy

## Painful bone lesions

A single fraction of 8 Gy relieves bone pain in most patients.
Radiotherapy is not a substitute for fixation of a fracture.

## Plasmacytoma

Solitary plasmacytoma of bone is treated with 45 Gy over five weeks.
"""
