"""Pages of agreements, accreditation and regions: what stands between organisations before their people are let in."""
